// A worker for the peers that run on Node.js; its orders are those of worker.py.
//
//     node benchmarks/merge/peers.mjs FOLDER docxtemplater|easy-template-x|carbone
//
// FOLDER holds node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [folder, kind] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));

const engines = {
  docxtemplater() {
    const PizZip = require("pizzip");
    const Docxtemplater = require("docxtemplater");
    return (template, record) => {
      const document = new Docxtemplater(new PizZip(template.content), {
        paragraphLoop: true,
        linebreaks: true,
      });
      document.render(record);
      return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    };
  },
  "easy-template-x"() {
    const { TemplateHandler } = require("easy-template-x");
    return async (template, record) =>
      Buffer.from(await new TemplateHandler().process(template.content, record));
  },
  carbone() {
    const carbone = require("carbone");
    return (template, record) =>
      new Promise((resolve, reject) =>
        carbone.render(template.path, record, {}, (error, made) =>
          error ? reject(error) : resolve(made),
        ),
      );
  },
};

const render = engines[kind]();
const loaded = {};

const orders = {
  load({ name, docx, records }) {
    loaded[name] = {
      template: { path: docx, content: readFileSync(docx) },
      records: JSON.parse(readFileSync(records, "utf8")),
      next: 0,
    };
    return {};
  },
  async one({ name, record }) {
    const made = await render(loaded[name].template, loaded[name].records[record]);
    return { docx: made.toString("base64") };
  },
  async turn({ name, count }) {
    const { template, records } = loaded[name];
    let made;
    const started = process.cpuUsage();
    for (let n = 0; n < count; n += 1) {
      made = await render(template, records[loaded[name].next++ % records.length]);
    }
    const { user, system } = process.cpuUsage(started);
    return { cpu: (user + system) / 1e6, bytes: made.length };
  },
  memory() {
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "ascii"))[1];
    return { peak: Number(peak) * 1024 };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  let answer;
  try {
    answer = await orders[order.do](order);
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
