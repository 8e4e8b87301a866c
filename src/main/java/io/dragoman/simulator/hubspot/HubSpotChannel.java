// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.MultipartReader;
import io.dragoman.simulator.MultipartReader.Part;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketBuilder;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessageBuilder;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The custom channel: what customers write comes in here. A message with a known {@code integrationIdempotencyId} is the
 * one that is there; those with one {@code integrationThreadId} stand in one thread, which a message opens again.
 */
final class HubSpotChannel {
    private static final String MESSAGES = "/conversations/v3/custom-channels/{channel}/messages";

    private final Tickets tickets;
    private final HubSpotViews views;
    private final Consumer<TicketChange> happened;
    private final Supplier<String> ids;
    private final Map<String, HelpdeskFile> files = new ConcurrentHashMap<>();
    private final Map<String, String> statuses = new ConcurrentHashMap<>();

    HubSpotChannel(Tickets tickets, HubSpotViews views, Consumer<TicketChange> happened, Supplier<String> ids) {
        this.tickets = tickets;
        this.views = views;
        this.happened = happened;
        this.ids = ids;
    }

    void serve(ApiRoutes routes) {
        routes.on("POST", MESSAGES, this::publish)
                .on("GET", MESSAGES + "/{id}", call -> shown(call.step("id"), 200))
                .on("PATCH", MESSAGES + "/{id}", this::status)
                .on("GET", "/conversations/v3/custom-channels/{channel}/channel-accounts/{account}", this::account)
                .on("POST", "/files/v3/files", this::upload)
                .on("GET", "/files/v3/files/{id}/signed-url", this::link)
                .on("GET", "/hubfs/{id}/signed", this::file);
    }

    /** What the channel said became of an agent's message: SENT, READ or FAILED; empty when it said nothing. */
    String statusOf(String message) {
        return statuses.getOrDefault(message, "");
    }

    private SimulatorResponse account(ApiCall call) {
        if (!call.step("channel").equals(HubSpotViews.CHANNEL)
                || !call.step("account").equals(HubSpotViews.CHANNEL_ACCOUNT)) {
            return HubSpotViews.error(404, "OBJECT_NOT_FOUND", "There is no such channel account");
        }
        return SimulatorResponse.json(200, views.channelAccount());
    }

    private SimulatorResponse publish(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<String> problem = problem(call.step("channel"), json);
        if (problem.isPresent()) {
            return HubSpotViews.error(400, "VALIDATION_ERROR", problem.get());
        }
        String key = json.path("integrationIdempotencyId").asText("");
        Optional<String> same = key.isEmpty() ? Optional.empty() : written(key);
        if (same.isPresent()) {
            return shown(same.get(), 201);
        }
        Optional<List<HelpdeskFile>> attached = attached(json.path("attachments"));
        if (attached.isEmpty()) {
            return HubSpotViews.error(400, "VALIDATION_ERROR", "An attachment names a file that is not there");
        }
        Ticket thread = thread(json);
        HelpdeskCustomer customer = tickets.customer(thread.customer()).orElseThrow();
        TicketMessage draft =
                TicketMessage.ofCustomer(customer, json.path("text").asText());
        TicketMessage added = tickets.add(
                thread.id(),
                TicketMessageBuilder.builder(draft)
                        .externalId(key)
                        .files(attached.get())
                        .build());
        tickets.change(thread.id(), change -> change.status("OPEN"));
        Ticket now = tickets.find(thread.id()).orElseThrow();
        happened.accept(new TicketChange(TicketChange.Kind.WRITTEN, now, added, true));
        return SimulatorResponse.json(201, views.message(now, added));
    }

    private static Optional<String> problem(String channel, JsonNode json) {
        if (!channel.equals(HubSpotViews.CHANNEL)) {
            return Optional.of("There is no channel " + channel);
        }
        for (String needed : List.of(
                "attachments", "channelAccountId", "messageDirection", "recipients", "senders", "text", "timestamp")) {
            if (!json.has(needed)) {
                return Optional.of("Some required fields were not set: [" + needed + "]");
            }
        }
        if (!json.path("channelAccountId").asText().equals(HubSpotViews.CHANNEL_ACCOUNT)) {
            return Optional.of("The channel has no such account");
        }
        return json.path("messageDirection").asText().equals("INCOMING")
                ? Optional.empty()
                : Optional.of("messageDirection must be INCOMING");
    }

    private Optional<String> written(String key) {
        return tickets.all().stream()
                .flatMap(thread -> thread.messages().stream())
                .filter(message -> message.externalId().equals(key))
                .map(TicketMessage::id)
                .findFirst();
    }

    private Ticket thread(JsonNode json) {
        String external = json.path("integrationThreadId").asText("");
        String handle = json.at("/senders/0/deliveryIdentifier/value").asText("");
        return tickets.all().stream()
                .filter(thread -> !thread.deleted() && thread.externalId().equals(external))
                .findFirst()
                .orElseGet(() -> {
                    Ticket draft = Ticket.from(customer(json, handle), "", "OPEN", "");
                    return tickets.open(TicketBuilder.builder(draft)
                            .externalId(external)
                            .extra(Map.of("handle", handle))
                            .build());
                });
    }

    private String customer(JsonNode json, String handle) {
        String known = json.path("associateWithContactId").asText("");
        if (tickets.customer(known).isPresent()) {
            return known;
        }
        return tickets.customer(
                        customer -> !handle.isEmpty() && customer.externalId().equals(handle))
                .orElseGet(() -> tickets.add(
                        HelpdeskCustomer.of(json.at("/senders/0/name").asText(""), "", "", handle)))
                .id();
    }

    private Optional<List<HelpdeskFile>> attached(JsonNode attachments) {
        List<HelpdeskFile> found = new ArrayList<>();
        for (JsonNode attachment : attachments) {
            HelpdeskFile file = files.get(attachment.path("fileId").asText());
            if (file == null) {
                return Optional.empty();
            }
            found.add(file);
        }
        return Optional.of(found);
    }

    private SimulatorResponse shown(String message, int status) {
        for (Ticket thread : tickets.all()) {
            Optional<TicketMessage> found = thread.message(message);
            if (found.isPresent()) {
                return SimulatorResponse.json(status, views.message(thread, found.get()));
            }
        }
        return HubSpotViews.notFound("message");
    }

    private SimulatorResponse status(ApiCall call) throws IOException {
        String status = call.json().path("statusType").asText("");
        if (!status.matches("SENT|READ|FAILED")) {
            return HubSpotViews.error(400, "VALIDATION_ERROR", "statusType must be one of SENT, READ, FAILED");
        }
        statuses.put(call.step("id"), status);
        return shown(call.step("id"), 200);
    }

    private SimulatorResponse upload(ApiCall call) {
        List<Part> form = MultipartReader.parts(
                call.request().header("Content-Type"), call.request().body());
        Set<String> names = form.stream().map(Part::name).collect(Collectors.toSet());
        Optional<Part> file = form.stream().filter(Part::file).findFirst();
        if (file.isEmpty() || !names.contains("options")) {
            return HubSpotViews.error(400, "VALIDATION_ERROR", "file and options are required");
        }
        if (!names.contains("folderPath") && !names.contains("folderId")) {
            return HubSpotViews.error(400, "VALIDATION_ERROR", "folderPath or folderId is required");
        }
        HelpdeskFile kept = new HelpdeskFile(
                ids.get(), file.get().fileName(), file.get().type(), file.get().content());
        files.put(kept.id(), kept);
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("id", kept.id());
        answer.put("name", kept.name()).put("size", kept.bytes().length).put("access", "PRIVATE");
        return SimulatorResponse.json(201, answer.put("url", views.address(kept)));
    }

    private SimulatorResponse link(ApiCall call) {
        return find(call.step("id"))
                .map(file -> SimulatorResponse.json(
                        200, JsonNodeFactory.instance.objectNode().put("url", views.address(file))))
                .orElseGet(() -> HubSpotViews.notFound("file"));
    }

    private SimulatorResponse file(ApiCall call) {
        return find(call.step("id"))
                .map(file -> new SimulatorResponse(200, file.mimeType(), Map.of(), file.bytes()))
                .orElseGet(() -> HubSpotViews.notFound("file"));
    }

    private Optional<HelpdeskFile> find(String id) {
        return Optional.ofNullable(files.get(id)).or(() -> tickets.all().stream()
                .flatMap(thread -> thread.messages().stream())
                .flatMap(message -> message.files().stream())
                .filter(file -> file.id().equals(id))
                .findFirst());
    }
}
