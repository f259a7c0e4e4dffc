// What there is to compare with: a loop that hands ready bytes to nodemailer, and keeps no account of it.
// Arguments: port, number of messages, connections, file with the message.
import fs from 'node:fs';
import { createTransport } from 'nodemailer';

const [port, count, connections, file] = process.argv.slice(2);
const raw = fs.readFileSync(file);
const transport = createTransport({
  pool: true,
  host: '127.0.0.1',
  port: Number(port),
  secure: false,
  maxConnections: Number(connections),
});
let next = 0;
async function lane() {
  while (next < Number(count)) {
    const to = `p${next}@d${next++ % 100}.example.org`;
    await transport.sendMail({ envelope: { from: 'papers@papers.example.org', to }, raw });
  }
}
await Promise.all(Array.from({ length: Number(connections) }, lane));
transport.close();
