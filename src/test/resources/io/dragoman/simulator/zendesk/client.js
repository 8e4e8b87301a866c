// A customer's ticket by node-zendesk; says in one line of JSON what it was answered.
const zendesk = require('node-zendesk');
const [endpointUri, username, token] = process.argv.slice(2);

async function main() {
  const client = zendesk.createClient({username, token, endpointUri});
  const user = (await client.users.createOrUpdate({user: {name: 'Ana', external_id: 'p-1'}})).result;
  const again = (await client.users.createOrUpdate({user: {name: 'Ana', external_id: 'p-1'}})).result;
  const ticket = (await client.tickets.create({ticket: {
    subject: 'Shoes', requester_id: user.id, submitter_id: user.id, comment: {body: 'Hello'}}})).result;
  await client.tickets.update(ticket.id, {ticket: {status: 'open', comment: {body: 'The blue ones', author_id: user.id}}});
  await client.tickets.addTags(ticket.id, {tags: ['vip']});
  const shown = (await client.tickets.show(ticket.id)).result;
  const comments = await client.tickets.getComments(ticket.id);
  let refused = 0;
  try {
    await client.tickets.create({ticket: {subject: 'Nothing', requester_id: user.id, comment: {body: ''}}});
  } catch (error) {
    refused = Number((/\((\d+)\)/.exec(error.message) || [])[1]);
  }
  console.log(JSON.stringify({same: user.id === again.id, status: shown.status, tags: shown.tags, refused,
    comments: comments.map(comment => comment.body), authors: comments.map(comment => comment.author_id === user.id)}));
}

main().catch(error => { console.error(error); process.exit(1); });
