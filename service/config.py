"""Settings, read once from the environment under one prefix.

    TRINHKY_DATABASE_URL   where the records are kept
    TRINHKY_HOST           which address the web server listens on
    TRINHKY_PORT           and which port
    TRINHKY_NAMES          by which full names browsers call that server, separated by commas
    TRINHKY_TEMPLATES      folder of the office's own Word templates, `<kind>.docx`
    TRINHKY_ENGINES        what lays out the papers of a kind, `decision=libreoffice,plan=fast`
    TRINHKY_UNOSERVER      address of a running unoserver, `127.0.0.1:2003`
    TRINHKY_DERIVED        folder for pictures of pages, which can be made again
    TRINHKY_CERTIFICATES   folder of the sheets of certificates, `<award>.toml`, and of the emblem
    TRINHKY_ROUNDING       how prize money is rounded, `up` or `none`
    TRINHKY_JOURNAL        file on another disk that remembers the numbers given
    TRINHKY_IDENTITY_KEY   file of the key that seals identity numbers
    TRINHKY_BACKUP_RECIPIENT  public half of the key that copies are closed with
    TRINHKY_REQUEST_LOG    whether each request is written as a line of JSON
    TRINHKY_API_RATE       how often a key of another system may call in a minute
    TRINHKY_CLERK          who is at the keyboard, for the audit log of the command line

An unknown name under the prefix stops the start, so that a typing error is found at once.
"""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import ClassVar, Final

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX: Final = "TRINHKY_"


class SettingsInvalid(Exception):
    """The environment holds a name or a value that cannot be used."""

    code: ClassVar[str] = "settings-invalid"


class Settings(BaseSettings):
    """What may differ from one office to the next."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    database_url: str = Field(
        default="sqlite:///var/trinhky.db",
        description="Nơi giữ hồ sơ: sqlite:///đường-dẫn hoặc postgresql://máy/cơ-sở-dữ-liệu",
    )
    host: str = Field(
        default="127.0.0.1",
        description="Địa chỉ máy chủ web lắng nghe; mặc định chỉ chính máy này",
    )
    port: int = Field(default=8000, ge=1, le=65_535, description="Cổng của máy chủ web")
    templates: Path | None = Field(
        default=None,
        description="Thư mục mẫu Word của cơ quan, mỗi loại một tệp <loại>.docx; "
        "loại nào không có thì dùng mẫu có sẵn",
    )
    engines: str = Field(
        default="",
        description="Bộ dàn trang cho từng loại văn bản: <loại>=fast hoặc <loại>=libreoffice, "
        "cách nhau bằng dấu phẩy; loại không khai thì chương trình tự chọn",
        pattern=r"^\s*(?:\w+\s*=\s*(?:auto|fast|libreoffice)\s*(?:,\s*|$))*$",
    )
    unoserver: str = Field(
        default="",
        description="Địa chỉ unoserver đang chạy (máy:cổng), nếu cơ quan có dùng",
        pattern=r"^(?:[A-Za-z0-9.\-]+:\d{1,5})?$",
    )
    derived: Path = Field(
        default=Path("var/derived"),
        description="Thư mục giữ tạm hình các trang; xóa lúc nào cũng được",
    )
    certificates: Path | None = Field(
        default=None,
        description="Thư mục bố trí phôi giấy khen (TOML) và hình Quốc huy (quoc-huy.png)",
    )
    rounding: str = Field(
        default="up",
        description="Làm tròn tiền thưởng: up (lên mười nghìn đồng, theo nghị định) hoặc none",
        pattern=r"^(?:up|none)$",
    )
    journal: Path | None = Field(
        default=None,
        description="Tệp nhật ký số, nên ở ổ đĩa khác: khôi phục từ bản sao lưu cũ thì không cấp "
        "lại số đã cấp",
    )
    identity_key: Path | None = Field(
        default=None,
        description="Tệp khóa mã hóa số định danh cá nhân, để ngoài cơ sở dữ liệu và ngoài bản sao "
        "lưu; tạo bằng trinhky database key",
    )
    backup_recipient: str = Field(
        default="",
        description="Khóa công khai (age1…) để mã hóa bản sao lưu; tạo bằng trinhky database "
        "backup-key",
        pattern=r"^(?:age1[a-z0-9]{20,100})?$",
    )
    clerk: str = Field(
        default="van-thu",
        description="Tên người làm việc, ghi vào nhật ký khi dùng dòng lệnh",
        min_length=1,
        max_length=64,
        pattern=r"^[^\x00-\x1f\x7f]+$",
    )
    api_rate: int = Field(
        default=600,
        ge=0,
        le=1_000_000,
        description="Số lần gọi mỗi phút của một khóa (hệ thống khác); 0: không giới hạn",
    )
    request_log: bool = Field(
        default=False,
        description="Ghi mỗi yêu cầu một dòng JSON ra luồng lỗi: cách gọi, địa chỉ mẫu, mã trả "
        "lời, thời gian; không ghi điều người dùng gõ",
    )
    names: str = Field(
        default="",
        description="Tên máy mà người dùng gõ trong trình duyệt, cách nhau bằng dấu phẩy; "
        "tên không có dấu chấm và địa chỉ IP không cần khai",
    )

    @property
    def engine_by_kind(self) -> dict[str, str]:
        """What lays out papers, by kind; only kinds that are named."""
        pairs = (pair.split("=") for pair in self.engines.split(",") if "=" in pair)
        return {kind.strip(): engine.strip() for kind, engine in pairs}


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    Raises:
        SettingsInvalid: an unknown name under the prefix, or a value that cannot be used.
    """
    names = os.environ if environment is None else environment
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in names:
        if name.upper().startswith(PREFIX) and name not in known:
            close = get_close_matches(name.upper(), known, n=1)
            hint = f"; có phải {close[0]}?" if close else ""
            raise SettingsInvalid(f"Không có thiết lập tên {name}{hint}")
    values = {
        name: names[f"{PREFIX}{name.upper()}"]
        for name in Settings.model_fields
        if f"{PREFIX}{name.upper()}" in names
    }
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        wrong = ", ".join(f"{PREFIX}{str(detail['loc'][0]).upper()}" for detail in error.errors())
        raise SettingsInvalid(f"Giá trị của {wrong} không dùng được") from error
