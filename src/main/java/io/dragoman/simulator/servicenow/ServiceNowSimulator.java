// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.servicenow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.IssuedTokens;
import io.dragoman.simulator.helpdesk.TicketBuilder;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A ServiceNow instance (https://docs.servicenow.com) on this machine: incidents by the Table API. It posts nothing by
 * itself: what agents do is read in {@code sys_journal_field} and {@code incident}. Thread-safe.
 */
public final class ServiceNowSimulator extends HelpdeskSimulator {
    static final String TEAM = "287ebd7da9fe198100f92cc8d1d2154e";
    static final String AGENT = "6816f79cc0a8016401c5a33be04be441";

    private static final String USER = "dragoman.api";
    private static final String PASSWORD = "simulated-servicenow-password";
    private static final String CLIENT = "simulated-servicenow-client";
    private static final String CLIENT_SECRET = "simulated-servicenow-client-secret";

    private final ApiRoutes routes = new ApiRoutes();
    private final IssuedTokens tokens = new IssuedTokens("simulated-servicenow-access");

    /** On a port; 0 for any free one. */
    public ServiceNowSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin, and the time of whatever happens */
    public ServiceNowSimulator(int port, Clock clock) {
        super(port, clock, List.of());
        new ServiceNowTables(tickets(), USER).serve(routes);
        new ServiceNowAttachments(tickets(), () -> String.valueOf(ids().next())).serve(routes);
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
                "servicenow",
                "username",
                USER,
                "password",
                PASSWORD,
                "attachments",
                "true",
                "baseUrl",
                baseUrl().toString());
    }

    /** The id of an incident in its API. */
    public static String sysId(String incident) {
        return ServiceNowRows.sysId(incident);
    }

    /** From now on no OAuth access token that was given out is valid. */
    public void expireTokens() {
        tokens.expire();
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "6" : "2";
    }

    @Override
    protected Map<String, String> signed(byte[] body) {
        return Map.of(); // it posts nothing
    }

    /** What was resolved for some days is closed by the instance, and nobody's to change any more. */
    public void close(String incident) {
        tickets().change(incident, change -> change.status("7"));
    }

    private void byAgent(String incident, Consumer<TicketBuilder> what) {
        tickets().change(incident, change -> {
            what.accept(change);
            Map<String, String> extra = new HashMap<>(change.extra());
            extra.put("updated_by", "mara");
            change.extra(extra);
        });
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        if (request.path().equals("/oauth_token.do")) {
            return token(UrlEncoded.read(request.text()));
        }
        String given = request.header("Authorization");
        String pair = Base64.getEncoder().encodeToString(HmacSigner.utf8(USER + ":" + PASSWORD));
        if (!given.equals("Basic " + pair) && !tokens.valid(given)) {
            return error(401, "User Not Authenticated", "Required to provide Auth information");
        }
        try {
            return routes.answer(request)
                    .orElseGet(() -> error(400, "Requested URI does not represent any resource", request.path()));
        } catch (JsonProcessingException e) {
            return error(400, "Exception while reading request", "The payload is not valid JSON");
        }
    }

    private SimulatorResponse token(UrlEncoded form) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (!form.get("client_id").equals(CLIENT)
                || !form.get("client_secret").equals(CLIENT_SECRET)
                || !form.get("grant_type").equals("client_credentials")) {
            answer.put("error", "server_error").put("error_description", "access_denied");
            return SimulatorResponse.json(401, answer);
        }
        answer.put("access_token", tokens.issue()).put("scope", "useraccount");
        return SimulatorResponse.json(200, answer.put("token_type", "Bearer").put("expires_in", 1799));
    }

    @Override
    protected SimulatorResponse tooMany() {
        ObjectNode body = body("Rate limit exceeded", "Rejected due to rate limit rule");
        Map<String, String> headers = Map.of("Retry-After", "1", "X-RateLimit-Limit", "1000");
        return SimulatorResponse.json(429, headers, body);
    }

    static SimulatorResponse noRecord() {
        return error(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval");
    }

    static SimulatorResponse denied(String operation) {
        return error(403, "Operation Failed", "ACL Exception " + operation + " Failed due to security constraints");
    }

    static SimulatorResponse error(int status, String message, String detail) {
        return SimulatorResponse.json(status, body(message, detail));
    }

    private static ObjectNode body(String message, String detail) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("message", message).put("detail", detail);
        return body.put("status", "failure");
    }

    /** Nothing is posted; an agent's comment is mailed to a caller who may be notified. */
    @Override
    protected void happened(TicketChange change) {
        String ticket = change.ticket().id();
        byAgent(ticket, same -> {});
        TicketMessage message = change.message();
        if (message != null && message.visible()) {
            ServiceNowTables.notified(tickets(), change.ticket(), message.text(), false);
        }
    }
}
