// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.MessageBuilder;
import io.dragoman.model.Part;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Messages of customers that are files and nothing else. */
final class FileChecks {
    private FileChecks() {}

    static void alone(TicketTalk talk, HelpdeskSample sample) {
        sends(talk, sample, "alone-1.png");
        sends(talk, sample, "alone-2.png");
    }

    private static void sends(TicketTalk talk, HelpdeskSample sample, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        talk.wire().put(name, bytes);
        Part.Media file = new Part.Media(
                Part.MediaKind.IMAGE, "image/png", name, (long) bytes.length, null, name, "https://x.example/" + name);
        Outcome outcome = talk.deliver(without(talk.message("no words"), file));
        Expect.that(outcome instanceof Outcome.Sent, outcome + " of a message that is a file alone", "Outcome.Sent");
        TicketTalk.await(() -> isThere(sample, name, bytes));
        Expect.that(isThere(sample, name, bytes), "a ticket without the file, and without its link", "one of both");
    }

    private static ToDesk without(ToDesk told, Part.Media file) {
        DeskNotice.Data data = told.notice().data();
        Message message = MessageBuilder.builder(Objects.requireNonNull(data.message()))
                .parts(List.of(file))
                .build();
        DeskNotice notice = new DeskNotice(
                told.notice().type(),
                told.notice().timestamp(),
                new DeskNotice.Data(data.conversation(), data.contact(), message, null, null, List.of()));
        return new ToDesk(told.key(), notice, told.kept());
    }

    private static boolean isThere(HelpdeskSample sample, String name, byte[] bytes) {
        return sample.helpdesk().tickets().all().stream()
                .flatMap(ticket -> ticket.messages().stream())
                .anyMatch(message -> has(message, name, bytes));
    }

    private static boolean has(TicketMessage message, String name, byte[] bytes) {
        return message.text().contains("https://x.example/" + name)
                || message.files().stream().anyMatch(file -> Arrays.equals(file.bytes(), bytes));
    }
}
