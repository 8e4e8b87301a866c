// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.IssuedTokens;
import io.dragoman.simulator.helpdesk.TicketChange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Salesforce organisation (https://developer.salesforce.com) on this machine: cases by the REST API, with the field
 * {@code Dragoman_Id__c} as external id on cases, contacts and mails. It posts nothing by itself: what agents do is
 * queried. Thread-safe.
 */
public final class SalesforceSimulator extends HelpdeskSimulator {
    static final String TEAM = "00G5g000004AbCdEAK";
    static final String AGENT = "0055g00000EfGhIAAV";

    private static final String CLIENT = "simulated-salesforce-consumer-key";
    private static final String CLIENT_SECRET = "simulated-salesforce-consumer-secret";
    private static final String API_USER = SalesforceRows.id("User", "1");
    private static final String DATA = "/services/data/{version}";

    private final ApiRoutes routes = new ApiRoutes();
    private final IssuedTokens tokens = new IssuedTokens("00Dsimulated!access");
    private final SalesforceRows rows;

    /** On a port; 0 for any free one. */
    public SalesforceSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin, and the time of whatever happens */
    public SalesforceSimulator(int port, Clock clock) {
        super(port, clock, List.of());
        rows = new SalesforceRows(tickets());
        routes.on("GET", DATA + "/query", this::query)
                .on("GET", DATA + "/query/", this::query)
                .on("POST", DATA + "/composite/batch", this::batch)
                .on("GET", DATA, call -> SimulatorResponse.json(200, "{}"));
        new SalesforceObjects(tickets(), () -> String.valueOf(ids().next()), API_USER).serve(routes);
        start();
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public Map<String, String> sorting() {
        return Map.of("teams", "billing=" + TEAM, "assignees", "mara=" + AGENT);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "profile",
                "salesforce",
                "clientId",
                CLIENT,
                "clientSecret",
                CLIENT_SECRET,
                "apiUser",
                API_USER,
                "tokenUrl",
                baseUrl() + "/services/oauth2/token",
                "baseUrl",
                baseUrl().toString());
    }

    @Override
    public Map<String, String> grants() {
        return Map.of("/services/oauth2/token", token(tokens.issue()).toString());
    }

    /** The id of a case in its API. */
    public static String caseId(String ticket) {
        return SalesforceRows.id("Case", ticket);
    }

    /** From now on no access token that was given out is valid. */
    public void expireTokens() {
        tokens.expire();
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "Closed" : "Working";
    }

    @Override
    protected Map<String, String> signed(byte[] body) {
        return Map.of(); // it posts nothing
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        if (request.path().equals("/services/oauth2/token")) {
            return token(UrlEncoded.read(request.text()));
        }
        if (!tokens.valid(request.header("Authorization"))) {
            return error(401, "INVALID_SESSION_ID", "Session expired or invalid");
        }
        try {
            SimulatorResponse response = routes.answer(request).orElseGet(SalesforceSimulator::notFound);
            Map<String, String> headers = new HashMap<>(response.headers());
            headers.put("Sforce-Limit-Info", "api-usage=18/15000");
            return new SimulatorResponse(response.status(), response.contentType(), headers, response.body());
        } catch (JsonProcessingException e) {
            return error(400, "JSON_PARSER_ERROR", "Unexpected character in the body");
        }
    }

    private SimulatorResponse token(UrlEncoded form) {
        if (!form.get("grant_type").equals("client_credentials")) {
            return refusal("unsupported_grant_type", "grant type not supported");
        }
        if (!form.get("client_id").equals(CLIENT)) {
            return refusal("invalid_client_id", "client identifier invalid");
        }
        return form.get("client_secret").equals(CLIENT_SECRET)
                ? SimulatorResponse.json(200, token(tokens.issue()))
                : refusal("invalid_client", "invalid client credentials");
    }

    private ObjectNode token(String token) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("access_token", token)
                .put("instance_url", baseUrl().toString())
                .put("id", baseUrl() + "/id/00Dsimulated/" + API_USER)
                .put("token_type", "Bearer")
                .put("issued_at", String.valueOf(clock().millis()));
    }

    private static SimulatorResponse refusal(String error, String description) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("error", error);
        return SimulatorResponse.json(400, body.put("error_description", description));
    }

    /** Several reads in one call, each with its own status. */
    private SimulatorResponse batch(ApiCall call) throws IOException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("hasErrors", false);
        ArrayNode results = answer.putArray("results");
        for (JsonNode each : call.json().path("batchRequests")) {
            String[] address = each.path("url").asText().split("\\?q=", 2);
            if (!each.path("method").asText().equals("GET") || address.length < 2) {
                return error(400, "INVALID_INPUT", "this simulator takes queries alone");
            }
            SimulatorResponse response = query(URLDecoder.decode(address[1], StandardCharsets.UTF_8));
            ObjectNode result = results.addObject().put("statusCode", response.status());
            result.set("result", new ObjectMapper().readTree(response.body()));
        }
        return SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse query(ApiCall call) {
        return query(call.query().get("q"));
    }

    private SimulatorResponse query(String text) {
        SoqlQuery query;
        try {
            query = SoqlQuery.read(text, rows::of);
        } catch (IllegalArgumentException e) {
            return error(400, "MALFORMED_QUERY", String.valueOf(e.getMessage()));
        }
        if (!SalesforceRows.known(query.object())) {
            return error(400, "INVALID_TYPE", "sObject type '" + query.object() + "' is not supported.");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode records = answer.putArray("records");
        for (ObjectNode row : query.found()) {
            for (String field : query.fields()) {
                if (!row.has(field)) {
                    return error(
                            400, "INVALID_FIELD", "No such column '" + field + "' on entity '" + query.object() + "'");
                }
            }
            records.add(record(query.object(), row.deepCopy().retain(query.fields())));
        }
        return SimulatorResponse.json(
                200, answer.put("totalSize", records.size()).put("done", !query.more()));
    }

    /** A row as a record, with the fields of related objects below these. */
    static ObjectNode record(String object, ObjectNode row) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.putObject("attributes").put("type", object);
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            String[] steps = field.getKey().split("\\.");
            ObjectNode into = steps.length == 1 ? record : record.withObject("/" + steps[0]);
            into.set(steps[steps.length - 1], field.getValue());
        }
        return record;
    }

    @Override
    protected SimulatorResponse tooMany() {
        return error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    }

    static SimulatorResponse notFound() {
        return error(404, "NOT_FOUND", "The requested resource does not exist");
    }

    /** Errors are an array. */
    static SimulatorResponse error(int status, String code, String message) {
        ArrayNode errors = JsonNodeFactory.instance.arrayNode();
        errors.addObject().put("message", message).put("errorCode", code).putArray("fields");
        return SimulatorResponse.json(status, errors);
    }

    /** Nothing is posted, and a comment of a case is mailed to nobody unless the organisation says so. */
    @Override
    protected void happened(TicketChange change) {
        tickets().change(change.ticket().id(), ticket -> {
            Map<String, String> extra = new HashMap<>(ticket.extra());
            extra.put("LastModifiedById", SalesforceRows.id("User", "2"));
            ticket.extra(extra);
        });
    }
}
