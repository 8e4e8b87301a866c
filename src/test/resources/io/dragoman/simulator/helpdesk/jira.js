// What jira.js makes of a simulated service desk: BASE is where it is, EMAIL and TOKEN its login.
const { ServiceDeskClient } = require("jira.js");
const client = new ServiceDeskClient({
  host: process.env.BASE,
  authentication: { basic: { email: process.env.EMAIL, apiToken: process.env.TOKEN } },
});

(async () => {
  const customer = await client.customer.createCustomer({ email: "c-1@customers.example.com", displayName: "Ana" });
  const request = await client.request.createCustomerRequest({
    serviceDeskId: "10",
    requestTypeId: "25",
    raiseOnBehalfOf: customer.accountId,
    requestFieldValues: { summary: "Hello", description: "Hello" },
  });
  const comment = await client.request.createRequestComment({
    issueIdOrKey: request.issueKey, body: "For agents", public: false,
  });
  const all = await client.request.getRequestComments({ issueIdOrKey: request.issueKey });
  console.log(JSON.stringify({
    reporter: request.reporter.displayName,
    public: comment.public,
    comments: all.values.map((one) => one.body),
  }));
})().catch((e) => console.log(JSON.stringify({ failed: String(e) })));
