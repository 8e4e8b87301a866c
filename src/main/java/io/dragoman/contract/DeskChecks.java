// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.DeskCapability;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.RetrySafety;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.DeskEvent.AgentReplied;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.TicketMail;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What becomes of conversations at a helpdesk, and of what agents do there. */
final class DeskChecks {
    static final String GROUP = "desk";

    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    private static final String SECRET_NOTE = "a note that nobody else may see";

    private DeskChecks() {}

    /** A check, with a conversation of its own. */
    @FunctionalInterface
    private interface Body {
        void run(TicketTalk talk, HelpdeskSample sample) throws Exception;
    }

    static List<ContractCheck> all() {
        return Stream.of(talks(), doubts(), states()).flatMap(List::stream).toList();
    }

    private static List<ContractCheck> talks() {
        return List.of(
                check(
                        "a ticket",
                        "A customer's first message opens a ticket, and nobody is mailed.",
                        DeskChecks::ticket),
                check("one ticket", "What a customer writes next goes there too, in order.", DeskChecks::same),
                check("an answer", "An agent's answer is read, and once.", DeskChecks::answer),
                check("a note", "What agents write for each other reaches nobody else.", DeskChecks::note),
                check("no echo", "What we write ourselves is told apart from agents' answers.", DeskChecks::echo),
                check("too many calls", "What is throttled is tried again, and arrives once.", DeskChecks::throttled));
    }

    private static List<ContractCheck> doubts() {
        return List.of(
                check("a lost answer", "What was done and not answered is not done twice.", DeskChecks::lost),
                check("an empty answer", "A success that names nothing written is none.", EmptyChecks::check),
                check(
                        "a broken call",
                        "What broke off before it was done is done, and nothing older taken for it.",
                        DeskChecks::broken),
                check(
                        "a lost note",
                        "A note that was written and not answered is not written twice.",
                        NoteChecks::lost),
                check(
                        "a broken note",
                        "A note that broke off is written, and no other taken for it.",
                        NoteChecks::broken),
                check(
                        "a lost opening",
                        "What follows the opening of a ticket follows one that was not answered, and once.",
                        OpeningChecks::lost));
    }

    private static List<ContractCheck> states() {
        return List.of(
                check("files there", "A customer's file goes to the agents as such.", DeskChecks::files),
                check(
                        "files alone",
                        "A message of files without words arrives, the first of a ticket and a later one.",
                        FileChecks::alone),
                check("files back", "An agent's file comes with a link that can be fetched.", DeskChecks::filesBack),
                check("the end here", "What ends here ends at the helpdesk.", DeskChecks::closesThere),
                check("the end there", "What agents close is read as closed.", DeskChecks::closedThere),
                check(
                        "sorted here",
                        "The team and the assignee go to the helpdesk, in its words.",
                        SortingChecks::here),
                check("sorted there", "Agents' tags, priority, team and assignee are read.", SortingChecks::there),
                check("merged", "What a customer writes goes on after tickets were merged.", DeskChecks::merged),
                check(
                        "a customer gone",
                        "What a customer writes arrives after the helpdesk forgot the customer.",
                        CustomerChecks::gone),
                check("gone", "Nothing is written to a ticket that is no longer there.", DeskChecks::gone),
                // last, as each poll of the others would read it too
                check(
                        "a long ticket",
                        "An answer in a ticket of some hundred notes is read, and nothing in it is doubled.",
                        LengthChecks::check));
    }

    private static ContractCheck check(String name, String proves, Body body) {
        return new ContractCheck(GROUP, name, proves, sample -> {
            if (!(sample instanceof HelpdeskSample helpdesk)) {
                throw new NotApplicable("no simulated helpdesk of the profile's name");
            }
            body.run(new TicketTalk(helpdesk, name.replace(' ', '-')), helpdesk);
        });
    }

    private static void ticket(TicketTalk talk, HelpdeskSample sample) {
        Outcome.Sent sent = talk.says("The first");
        Expect.that(
                sent.externalId() != null
                        || !talk.desk().tellsOfOtherTickets() // it knows conversations by our ids
                        || sample.connector().retrySafety() == RetrySafety.IDEMPOTENT,
                "Sent without the helpdesk's id",
                "the id of the ticket");
        talk.ticket();
        Expect.that(
                sample.helpdesk().tickets().mails().stream().noneMatch(TicketMail::byApi),
                "mails to customers that we caused",
                "none");
    }

    private static void same(TicketTalk talk, HelpdeskSample sample) {
        for (int i = 1; i <= 3; i++) {
            talk.says("Line " + i + ".");
        }
        TicketTalk.await(() -> talk.times("Line 3.") > 0);
        List<String> lines = talk.ticket().messages().stream()
                .map(TicketMessage::text)
                .filter(text -> text.contains("Line "))
                .map(text -> text.replaceAll("(?s).*(Line \\d\\.).*", "$1"))
                .toList();
        Expect.equal(lines, List.of("Line 1.", "Line 2.", "Line 3."), "what the ticket has of the customer");
    }

    private static void answer(TicketTalk talk, HelpdeskSample sample) throws Exception {
        talk.says("The first");
        String id = talk.ticket().id();
        List<DeskEvent> events = talk.heard(() -> sample.helpdesk().agentReplies(id, TicketTalk.AGENT, "Good day"));
        List<String> keys = answers(events).stream()
                .filter(answer -> Json.write(answer).contains("Good day"))
                .map(AgentReplied::key)
                .distinct()
                .toList();
        Expect.that(keys.size() == 1, keys.size() + " answers of one that an agent wrote", "one");
    }

    private static List<AgentReplied> answers(List<DeskEvent> events) {
        return events.stream()
                .filter(AgentReplied.class::isInstance)
                .map(AgentReplied.class::cast)
                .toList();
    }

    private static void note(TicketTalk talk, HelpdeskSample sample) throws Exception {
        talk.says("The first");
        String id = talk.ticket().id();
        List<DeskEvent> events = talk.heard(() -> {
            sample.helpdesk().agentNotes(id, TicketTalk.AGENT, SECRET_NOTE);
            sample.helpdesk().agentReplies(id, TicketTalk.AGENT, "Good day");
        });
        Expect.that(!answers(events).isEmpty(), "no answer beside the note", "the answer");
        Expect.hides(Json.writeAll(answers(events), DeskEvent.class), List.of(SECRET_NOTE));
    }

    private static void echo(TicketTalk talk, HelpdeskSample sample) throws Exception {
        List<DeskEvent> events = talk.heard(() -> {
            talk.says("The first");
            talk.says("The second");
            talk.deliver(talk.failure("The third"));
        });
        for (AgentReplied answer : answers(events)) {
            Expect.that(
                    talk.isWritten(answer.key()),
                    "an answer " + answer.key() + " that no agent wrote",
                    "none, or one by the id that Sent.written names");
        }
    }

    private static void throttled(TicketTalk talk, HelpdeskSample sample) {
        talk.says("The first");
        ToDesk second = talk.message("The second");
        sample.helpdesk().throttle(1);
        Outcome outcome = talk.deliver(second);
        Expect.that(
                outcome instanceof Outcome.Retry retry && retry.reason() == Reason.THROTTLED,
                outcome + " of a call too many",
                "Outcome.Retry with the reason throttled");
        talk.insists(second);
        TicketTalk.await(() -> talk.times("The second") > 0);
        Expect.equal(talk.times("The second"), 1L, "how often the message is there");
    }

    private static void lost(TicketTalk talk, HelpdeskSample sample) {
        if (sample.connector().retrySafety() == RetrySafety.NEITHER) {
            throw new NotApplicable("onUncertain settles it");
        }
        HelpdeskSimulator helpdesk = sample.helpdesk();
        helpdesk.loseAnswers(1);
        talk.insists(talk.message("The first"));
        helpdesk.loseAnswers(1);
        talk.insists(talk.message("The second"));
        helpdesk.loseAnswers(0);
        helpdesk.breakCall("The third"); // what a look-up found must not be found again
        talk.insists(talk.message("The third"));
        TicketTalk.await(() -> talk.times("The second") > 0 && talk.times("The third") > 0);
        Expect.equal(talk.times("The first"), 1L, "how often the first message is there");
        Expect.equal(talk.times("The second"), 1L, "how often the second message is there");
        Expect.equal(talk.times("The third"), 1L, "how often the third message is there, whose call broke");
    }

    private static void broken(TicketTalk talk, HelpdeskSample sample) {
        if (sample.connector().retrySafety() == RetrySafety.NEITHER) {
            throw new NotApplicable("onUncertain settles it");
        }
        talk.says("The first");
        breaks(talk, sample, "The second");
        if (talk.desk().takesFiles(sample.account())) {
            talk.says("With a file", file(talk));
            breaks(talk, sample, "The third");
        }
    }

    private static void breaks(TicketTalk talk, HelpdeskSample sample, String text) {
        ToDesk message = talk.message(text);
        sample.helpdesk().breakCall(text);
        talk.insists(message);
        TicketTalk.await(() -> talk.times(text) > 0);
        Expect.equal(talk.times(text), 1L, "how often the message is there");
    }

    private static void files(TicketTalk talk, HelpdeskSample sample) {
        if (!talk.desk().takesFiles(sample.account())) {
            throw new NotApplicable("files go as links");
        }
        talk.says("The first"); // some take no files with it
        talk.says("The second", file(talk));
        TicketTalk.await(() -> hasFile(talk)); // some take it, and write it later
        Expect.that(hasFile(talk), "a ticket without the file's bytes", "the file");
    }

    private static boolean hasFile(TicketTalk talk) {
        return talk.ticket().messages().stream()
                .flatMap(message -> message.files().stream())
                .anyMatch(file -> Arrays.equals(file.bytes(), PICTURE));
    }

    private static Part.Media file(TicketTalk talk) {
        talk.wire().put("file-1", PICTURE);
        return new Part.Media(Part.MediaKind.IMAGE, "image/png", "slip.png", 8L, null, "file-1", "https://x.example/f");
    }

    private static void filesBack(TicketTalk talk, HelpdeskSample sample) throws Exception {
        if (!talk.has(DeskCapability.FILES_FROM, "yes")) {
            throw new NotApplicable("its profile reads no files of agents");
        }
        talk.says("The first");
        String id = talk.ticket().id();
        HelpdeskFile file = new HelpdeskFile("771", "slip.png", "image/png", PICTURE);
        List<DeskEvent> events = talk.heard(() -> sample.helpdesk().agentReplies(id, TicketTalk.AGENT, "There", file));
        Expect.that(
                answers(events).stream()
                        .flatMap(answer -> answer.parts().stream())
                        .anyMatch(Part.Media.class::isInstance),
                "an answer without the file",
                "a media part");
    }

    private static void closesThere(TicketTalk talk, HelpdeskSample sample) {
        if (!talk.goes(DeskCapability.STATUS)) {
            throw new NotApplicable("its profile sends no status");
        }
        talk.says("The first");
        talk.insists(talk.state(Conversation.State.CLOSED, null, null));
        Expect.that(sample.helpdesk().isClosed(talk.ticket()), "a ticket that is open", "one that is closed");
    }

    private static void closedThere(TicketTalk talk, HelpdeskSample sample) throws Exception {
        if (!talk.comes(DeskCapability.STATUS)) {
            throw new NotApplicable("its profile reads no status");
        }
        talk.says("The first");
        String id = talk.ticket().id();
        List<DeskEvent> events = talk.told(() -> sample.helpdesk().agentCloses(id));
        Expect.that(
                events.stream().anyMatch(DeskEvent.ConversationClosed.class::isInstance),
                "nothing of the end",
                "a ConversationClosed");
    }

    private static void merged(TicketTalk talk, HelpdeskSample sample) throws Exception {
        TicketTalk other = new TicketTalk(sample, "merged-into");
        other.says("The first");
        talk.says("The first");
        String into = other.ticket().id();
        String id = talk.ticket().id();
        List<DeskEvent> events = talk.told(() -> merge(sample, id, into));
        if (talk.has(DeskCapability.MERGED, "yes")) {
            Expect.that(
                    events.stream()
                            .anyMatch(event -> event instanceof DeskEvent.ReferenceChanged changed
                                    && other.reference().equals(changed.newReference())),
                    "nothing of the merger",
                    "a ReferenceChanged with the id of the other ticket");
            return;
        }
        Outcome outcome = talk.deliver(talk.message("The second"));
        if (outcome instanceof Outcome.Sent) {
            TicketTalk.await(() -> talk.times("The second") > 0);
        }
        Expect.that(
                outcome instanceof Outcome.Gone || (outcome instanceof Outcome.Sent && talk.times("The second") == 1),
                outcome + " of a message to a ticket that was merged",
                "Outcome.Gone, or the message at the helpdesk");
    }

    private static void merge(HelpdeskSample sample, String ticket, String into) {
        try {
            sample.helpdesk().agentMerges(ticket, into);
        } catch (UnsupportedOperationException e) {
            throw new NotApplicable(String.valueOf(e.getMessage()));
        }
    }

    private static void gone(TicketTalk talk, HelpdeskSample sample) {
        talk.says("The first");
        String id = talk.ticket().id();
        sample.helpdesk().agentDeletes(id);
        Outcome outcome = talk.deliver(talk.message("The second"));
        if (outcome instanceof Outcome.Sent) {
            TicketTalk.await(() -> isElsewhere(talk, id));
        }
        Expect.that(
                outcome instanceof Outcome.Gone || (outcome instanceof Outcome.Sent && isElsewhere(talk, id)),
                outcome + " of a message to a ticket that was deleted",
                "Outcome.Gone, or another ticket that the helpdesk opens by itself");
    }

    private static boolean isElsewhere(TicketTalk talk, String id) {
        return talk.tickets().stream().anyMatch(ticket -> !ticket.id().equals(id));
    }
}
