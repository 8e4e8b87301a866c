// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.osticket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRefusal;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketBuilder;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMail;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessageBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * osTicket 1.18 on this machine (https://docs.osticket.com): its API opens tickets, and takes a raw mail, which goes to
 * its ticket by the number in the subject or by a Message-ID, if it is from that ticket's customer. There is nothing to
 * list or to look up, and no webhook: what agents answer is mailed. Thread-safe.
 */
public final class OsTicketSimulator extends HelpdeskSimulator {
    private static final String KEY = "SIMULATED0OSTICKET0KEY";
    private static final Pattern NUMBER = Pattern.compile("\\[?#(\\d+)]?");
    private static final Pattern ADDRESS = Pattern.compile("([^<>\\s]+@[^<>\\s]+)");
    private static final Pattern DATA = Pattern.compile("data:([^;,]*)(;[^,]*)?,(.*)", Pattern.DOTALL);

    private final ApiRoutes routes = new ApiRoutes();

    /** On a port; 0 for any free one. */
    public OsTicketSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** With a clock that tells when things happen. */
    public OsTicketSimulator(int port, Clock clock) {
        super(port, clock, List.of());
        routes.on("POST", "/api/tickets.json", this::create).on("POST", "/api/tickets.email", this::mail);
        start();
    }

    @Override
    public String kind() {
        return "osticket";
    }

    /** What whoever calls it needs: there is no desk of this kind, as tickets go on by mail alone. */
    @Override
    public Map<String, String> settings() {
        return Map.of("baseUrl", baseUrl().toString(), "apiKey", KEY);
    }

    @Override
    protected Map<String, String> signed(byte[] body) {
        return Map.of();
    }

    /** An agent's answer is mailed; nothing else is told. */
    @Override
    protected void happened(TicketChange change) {
        change.written()
                .filter(message -> message.visible() && message.author() == TicketMessage.Author.AGENT)
                .ifPresent(message -> {
                    String to = tickets()
                            .customer(change.ticket().customer())
                            .map(HelpdeskCustomer::email)
                            .orElse("");
                    tickets().mail(new TicketMail(change.ticket().id(), to, message.text(), false));
                });
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "closed" : "open";
    }

    @Override
    protected SimulatorResponse tooMany() {
        // of a proxy before it
        return new SimulatorResponse(429, "text/html", Map.of("Retry-After", "1"), new byte[0]);
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        try {
            if (!request.header("X-API-Key").equals(KEY)) {
                throw refusal(401, "Valid API key required");
            }
            return routes.answer(request).orElseThrow(() -> refusal(415, "Unsupported data format"));
        } catch (ApiRefusal refusal) {
            return refusal.response();
        } catch (JsonProcessingException e) {
            return refusal(400, "Unable to parse request body").response();
        }
    }

    private static ApiRefusal refusal(int status, String why) {
        return new ApiRefusal(text(status, why));
    }

    private static SimulatorResponse text(int status, String text) {
        return new SimulatorResponse(status, "text/html", Map.of(), HmacSigner.utf8(text));
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode body = call.json();
        for (String name : List.of("name", "email", "subject", "message")) {
            if (body.path(name).asText("").isBlank()) {
                throw refusal(400, "Unable to create new ticket: validation errors\n" + name + ": is a required field");
            }
        }
        HelpdeskCustomer customer =
                customer(body.path("email").asText(), body.path("name").asText());
        HelpdeskFile message = data(body.path("message").asText(), "message");
        return text(
                201,
                open(
                                customer,
                                body.path("subject").asText(),
                                new String(message.bytes(), StandardCharsets.UTF_8),
                                files(body.path("attachments")))
                        .id());
    }

    private Ticket open(HelpdeskCustomer customer, String subject, String text, List<HelpdeskFile> files) {
        Ticket ticket = tickets()
                .open(TicketBuilder.builder(Ticket.from(customer.id(), subject, "open", "2"))
                        .build());
        return append(ticket.id(), customer, text, files);
    }

    private Ticket append(String ticket, HelpdeskCustomer customer, String text, List<HelpdeskFile> files) {
        TicketMessage written = tickets()
                .add(
                        ticket,
                        TicketMessageBuilder.builder(TicketMessage.ofCustomer(customer, text))
                                .files(files)
                                .build());
        Ticket changed = tickets().change(ticket, builder -> builder.status("open"));
        happened(new TicketChange(TicketChange.Kind.WRITTEN, changed, written, true));
        return changed;
    }

    private HelpdeskCustomer customer(String address, String name) throws ApiRefusal {
        String email = address.toLowerCase(Locale.ROOT);
        if (!email.matches("[^@\\s]+@[^@\\s]+")) {
            throw refusal(
                    400, "Unable to create new ticket: validation errors\nemail: Valid email address is required");
        }
        return tickets().customer(one -> one.email().equals(email)).orElseGet(() -> tickets()
                .add(HelpdeskCustomer.of(name, email, "", "")));
    }

    private List<HelpdeskFile> files(JsonNode attachments) throws ApiRefusal {
        List<HelpdeskFile> files = new ArrayList<>();
        for (JsonNode attachment : attachments) {
            Iterator<Map.Entry<String, JsonNode>> fields =
                    attachment.properties().iterator();
            if (fields.hasNext()) {
                Map.Entry<String, JsonNode> file = fields.next();
                files.add(data(file.getValue().asText(), file.getKey()));
            }
        }
        return files;
    }

    /** A text as it is, or as RFC 2397 writes it. */
    private HelpdeskFile data(String text, String name) throws ApiRefusal {
        String id = String.valueOf(ids().next());
        Matcher data = DATA.matcher(text);
        if (!data.matches()) {
            return new HelpdeskFile(id, name, "text/plain", HmacSigner.utf8(text));
        }
        try {
            boolean base64 = data.group(2) != null && data.group(2).contains("base64");
            byte[] bytes = base64 ? Base64.getDecoder().decode(data.group(3).strip()) : HmacSigner.utf8(data.group(3));
            return new HelpdeskFile(id, name, data.group(1), bytes);
        } catch (IllegalArgumentException e) {
            throw refusal(400, name + ": Poorly encoded base64 data");
        }
    }

    /** A raw mail: it goes to a ticket of its sender's that its subject or what it answers names, else it opens one. */
    private SimulatorResponse mail(ApiCall call) throws ApiRefusal {
        String raw = call.request().text().replace("\r\n", "\n");
        int end = raw.indexOf("\n\n");
        if (end < 0) {
            throw refusal(400, "Unable to parse email");
        }
        Map<String, String> headers = new HashMap<>();
        for (String line : raw.substring(0, end).replaceAll("\n[ \t]+", " ").split("\n")) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        Matcher from = ADDRESS.matcher(headers.getOrDefault("from", ""));
        HelpdeskCustomer customer = customer(from.find() ? from.group(1) : "", headers.getOrDefault("from", ""));
        String text = raw.substring(end + 2).strip();
        String subject = headers.getOrDefault("subject", "[No Subject]");
        Matcher number = NUMBER.matcher(subject + " " + headers.getOrDefault("references", ""));
        while (number.find()) {
            Ticket ticket = tickets().find(number.group(1)).orElse(null);
            if (ticket != null && ticket.customer().equals(customer.id())) {
                return text(201, append(ticket.id(), customer, text, List.of()).id());
            }
        }
        return text(201, open(customer, subject, text, List.of()).id());
    }
}
