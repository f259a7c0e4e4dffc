// A mail server that takes everything, in a process of its own. It tells its parent its port and, ten times a
// second, how many messages and bytes it has taken; asked for a sample, it gives the last message.
import { SMTPServer } from 'smtp-server';

let count = 0;
let bytes = 0;
let sample = Buffer.alloc(0);

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, _, done) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      sample = Buffer.concat(parts);
      bytes += sample.length;
      count++;
      done();
    });
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => process.send({ port: server.server.address().port }));
setInterval(() => process.send({ count, bytes, at: Date.now() }), 100);
process.on('message', () => process.send({ sample: sample.toString('base64') }));
