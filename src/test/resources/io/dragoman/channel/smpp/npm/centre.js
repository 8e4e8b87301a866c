// SPDX-License-Identifier: Apache-2.0
// An SMS centre on npm smpp: brings three texts to whoever logs in, takes what is submitted and reports it as delivered.
const smpp = require('smpp');

const say = thing => process.stdout.write(JSON.stringify(thing) + '\n');
const LONG = 'A long text with {brackets} and a € '.repeat(7);
const texts = [
  { data_coding: 0, short_message: 'Hello {€} @' },
  { data_coding: 8, short_message: 'Где мой заказ? 😀' },
  { data_coding: 0, esm_class: 0x40, short_message: { udh: Buffer.from([5, 0, 3, 9, 2, 2]), message: LONG.slice(140) } },
  { data_coding: 0, esm_class: 0x40, short_message: { udh: Buffer.from([5, 0, 3, 9, 2, 1]), message: LONG.slice(0, 140) } },
];
const customer = { source_addr_ton: 1, source_addr_npi: 1, source_addr: '4917000001', destination_addr: '4930114' };

const server = smpp.createServer(session => {
  let ids = 0xabcdef00;
  const bring = () => {
    const next = texts.shift();
    if (next) {
      session.deliver_sm({ ...customer, ...next }, answer => {
        say({ answered: answer.command_status });
        bring();
      });
    }
  };
  session.on('bind_transceiver', pdu => {
    const known = pdu.system_id === 'shop' && pdu.password === 'secret';
    session.send(pdu.response({ command_status: known ? 0 : smpp.ESME_RINVPASWD }));
    if (known) {
      bring();
    } else {
      session.close();
    }
  });
  session.on('submit_sm', pdu => {
    const id = ++ids;
    say({ to: pdu.destination_addr, coding: pdu.data_coding, esm: pdu.esm_class, text: pdu.short_message.message, udh: pdu.short_message.udh ? pdu.short_message.udh.length : 0 });
    session.send(pdu.response({ message_id: id.toString(16) }));
    if (pdu.registered_delivery) {
      session.deliver_sm({
        ...customer,
        esm_class: 4,
        short_message: `id:${id} sub:001 dlvrd:001 submit date:2611281200 done date:2611281201 stat:DELIVRD err:000 text:`,
      });
    }
  });
  session.on('enquire_link', pdu => session.send(pdu.response()));
  session.on('unbind', pdu => session.send(pdu.response()));
  session.on('error', () => {});
});
server.listen(0, '127.0.0.1', () => say({ port: server.address().port }));
