// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.servicenow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessageBuilder;
import io.dragoman.simulator.helpdesk.Tickets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The Attachment API: files belong to an incident, here kept with the newest message of it. */
final class ServiceNowAttachments {
    private final Tickets tickets;
    private final Supplier<String> ids;

    ServiceNowAttachments(Tickets tickets, Supplier<String> ids) {
        this.tickets = tickets;
        this.ids = ids;
    }

    void serve(ApiRoutes routes) {
        routes.on("POST", "/api/now/attachment/file", this::upload)
                .on("GET", "/api/now/attachment/{id}/file", this::download);
    }

    private SimulatorResponse upload(ApiCall call) {
        UrlEncoded asked = call.query();
        Optional<Ticket> ticket = tickets.find(ServiceNowRows.id(asked.get("table_sys_id")));
        if (!asked.get("table_name").equals("incident") || !asked.has("file_name")) {
            return ServiceNowSimulator.error(
                    400, "Required parameters missing: table_name, table_sys_id, file_name", "");
        }
        if (ticket.isEmpty() || ticket.get().messages().isEmpty()) {
            return ServiceNowSimulator.noRecord();
        }
        HelpdeskFile file = new HelpdeskFile(
                ids.get(),
                asked.get("file_name"),
                call.request().header("Content-Type"),
                call.request().body());
        List<TicketMessage> messages = new ArrayList<>(ticket.get().messages());
        TicketMessage newest = messages.remove(messages.size() - 1);
        List<HelpdeskFile> files = new ArrayList<>(newest.files());
        files.add(file);
        TicketMessage with = TicketMessageBuilder.builder(newest).files(files).build();
        messages.add(with);
        tickets.change(ticket.get().id(), change -> change.messages(messages));
        return SimulatorResponse.json(
                201,
                JsonNodeFactory.instance
                        .objectNode()
                        .set("result", ServiceNowRows.attachment(ticket.get(), with, file)));
    }

    private SimulatorResponse download(ApiCall call) {
        return tickets.all().stream()
                .flatMap(ticket -> ticket.messages().stream())
                .flatMap(message -> message.files().stream())
                .filter(file -> ServiceNowRows.sysId(file.id()).equals(call.step("id")))
                .findFirst()
                .map(file -> new SimulatorResponse(200, file.mimeType(), Map.of(), file.bytes()))
                .orElseGet(ServiceNowSimulator::noRecord);
    }
}
