// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.FreePort;
import io.dragoman.TestClock;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMail;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every desk has to do, through a running gateway and against its simulated helpdesk: whatever customers and agents
 * write arrives once, in order and at the right place, while calls are throttled, answers get lost, webhooks come twice
 * or never. One gateway and one helpdesk take part in all of it. A desk's test says which helpdesk it is. {@code -Ddragoman.roundTrip=500} tries more conversations.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DeskRoundTrip {
    private static final int CONVERSATIONS = Integer.getInteger("dragoman.roundTrip", 4);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Set<Integer> writers = new HashSet<>();
    private DeskWorld world;
    private HelpdeskSimulator helpdesk;
    /** The first of the customers of one test; of each test they are others. */
    private int first;

    /** Starts the helpdesk, which goes away and comes back. */
    protected abstract HelpdeskSimulator helpdesk(int port, Clock clock);

    /** Settings of the desk beside those of the simulator. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    /** How long between two polls, which is real time: where most tests wait for some, it has to be longer. */
    protected String pollEvery() {
        return "1s";
    }

    private Map<String, String> allSettings() {
        Map<String, String> all = new HashMap<>(settings());
        if (polls()) {
            all.put("pollEvery", pollEvery());
        }
        return all;
    }

    /** Whether the desk finds out by itself whether what got no answer was done. */
    protected boolean looksUp() {
        return true;
    }

    /** Whether the desk asks for what no webhook told. */
    protected boolean polls() {
        return true;
    }

    /** Whether a customer's message after the end opens the ticket again, or a new one; false where neither is seen. */
    protected boolean followsUp() {
        return true;
    }

    /** Whether a message of a ticket is one that a customer wrote. */
    protected boolean isCustomers(TicketMessage message) {
        return message.author() == TicketMessage.Author.CUSTOMER && message.visible();
    }

    /** Whether agents' files reach customers. */
    protected boolean bringsFiles() {
        return true;
    }

    /** Whether files go to the helpdesk after the words, which then have their links anyway. */
    protected boolean filesFollow() {
        return false;
    }

    /** Whether an agent's file comes as a message of its own, which then fails as a whole. */
    protected boolean bringsFilesAlone() {
        return false;
    }

    /** Whether a message to a ticket that is no longer there opens another. */
    protected boolean opensAnother() {
        return false;
    }

    /** What becomes of an answer from before a merger, whose webhook was lost. */
    protected enum Merged {
        /** It is not told from those of the ticket that took it over. */
        UNTOLD,
        /** It reaches the customer whom it was written to. */
        BROUGHT,
        /** It reaches nobody. */
        KEPT_BACK
    }

    protected Merged merged() {
        return Merged.UNTOLD;
    }

    /** Whether agents can mail others from a ticket, with the words in it as those of an answer. */
    protected boolean forwards() {
        return false;
    }

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        TestClock clock = TestClock.running();
        helpdesk = helpdesk(FreePort.find(), clock);
        helpdesk.listen(told::add);
        world = new DeskWorld(home, helpdesk, clock, allSettings());
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @BeforeEach
    void calm() {
        first += CONVERSATIONS + 3 - CONVERSATIONS % 3;
        helpdesk.webhooks(1, 1);
        helpdesk.throttle(0);
        helpdesk.loseAnswers(0);
        helpdesk.loseWebhooks(0);
    }

    @Test
    void customersAndAgentsShouldSpeak() {
        helpdesk.webhooks(2, 1_000);
        allWrite(1);
        allWrite(2);
        arrived(2);
        allAnswered(1);
        allAnswered(2);
        helpdesk.settle();
        all(customer ->
                world.await("the answers", () -> world.brought(name(customer)).size() >= 2));
        allWrite(3);
        arrived(3);
        verdict(3, 2);
        assertThat(helpdesk.tickets().all()).isNotEmpty().allSatisfy(ticket -> assertThat(told)
                .as("how to answer in it")
                .anyMatch(line -> line.startsWith("ticket " + ticket.id() + " opened by ")
                        && line.endsWith("; answer: write " + ticket.id() + " <text>")));
    }

    @Test
    void throttledCallsShouldArriveLater() {
        all(customer -> {
            helpdesk.throttle(customer % 3 == 0 ? 2 : 0);
            writes(customer, 1);
            writes(customer, 2);
        });
        arrived(2);
        verdict(2, 0);
    }

    @Test
    void lostAnswersAndBrokenCallsShouldDoubleAndLoseNothing() {
        if (!looksUp()) {
            return;
        }
        all(customer -> {
            helpdesk.loseAnswers(customer % 3 == 0 ? 1 : 0);
            writes(customer, 1);
            world.await("the first message", () -> !ticketsOf(customer).isEmpty());
        });
        arrived(1);
        all(customer -> {
            helpdesk.loseAnswers(customer % 3 == 1 ? 1 : 0);
            writes(customer, 2);
            world.await("the second message", () -> said(customer).size() >= 2);
        });
        all(customer -> {
            helpdesk.breakCall("m" + customer + "x3");
            writes(customer, 3);
        });
        arrived(3);
        verdict(3, 0);
    }

    @Test
    void notesOfUnknownEndShouldStandOnceAndHideNoMessage() {
        if (!looksUp()) {
            return;
        }
        all(customer -> writes(customer, DeskWorld.WAITS + " m" + customer + "x1"));
        arrived(1);
        helpdesk.loseAnswers(1);
        helpdesk.breakCall(DeskWorld.SECOND_NOTE);
        world.passes(DeskWorld.BEFORE_FIRST_NOTE);
        all(customer -> world.await("the notes", () -> times(customer, DeskWorld.SECOND_NOTE) > 0));
        all(customer -> {
            helpdesk.breakCall("m" + customer + "x2");
            writes(customer, 2);
        });
        arrived(2);
        verdict(2, 0);
        all(customer -> assertThat(times(customer, DeskWorld.FIRST_NOTE)).isEqualTo(1));
        all(customer -> assertThat(times(customer, DeskWorld.SECOND_NOTE)).isEqualTo(1));
    }

    @Test
    void restartsOfBothSidesShouldLoseAndDoubleNothing() throws Exception {
        helpdesk.webhooks(2, 1_000);
        allWrite(1);
        world.await(
                "the first half",
                () -> IntStream.range(first, first + CONVERSATIONS)
                                .filter(customer -> !ticketsOf(customer).isEmpty())
                                .count()
                        >= CONVERSATIONS / 2);
        helpdesk.goAway();
        allWrite(2);
        world.stop();
        world.start();
        helpdesk.comeBack();
        helpdesk.throttle(3);
        helpdesk.loseAnswers(looksUp() ? 3 : 0);
        allWrite(3);
        world.await("the second of the first", () -> said(first).size() >= 2);
        world.stop();
        world.start();
        arrived(3);
        world.quiet();
        if (polls()) {
            world.stop();
            allAnswered(1);
            helpdesk.settle();
            world.start();
        } else {
            allAnswered(1);
        }
        all(customer ->
                world.await("the answer", () -> !world.brought(name(customer)).isEmpty()));
        allWrite(4);
        arrived(4);
        verdict(4, 1);
    }

    @Test
    void endedConversationShouldGoOn() {
        allWrite(1);
        arrived(1);
        world.quiet();
        all(customer -> helpdesk.agentCloses(lastTicketOf(customer).id()));
        if (!polls()) {
            helpdesk.settle();
        }
        all(customer -> world.await("the end", () -> world.isOver(name(customer))));
        allWrite(2);
        arrived(2);
        if (followsUp()) {
            world.quiet(); // some open it again by a call of its own, after the message
            all(customer -> assertThat(helpdesk.isClosed(lastTicketOf(customer)))
                    .as("agents see nothing to do for %s", name(customer))
                    .isFalse());
        }
        allAnswered(1);
        all(customer ->
                world.await("the answer", () -> !world.brought(name(customer)).isEmpty()));
        verdict(2, 1);
    }

    @Test
    void whatNoWebhookToldShouldBeFetched() {
        if (!polls()) {
            return;
        }
        allWrite(1);
        arrived(1);
        world.quiet();
        helpdesk.loseWebhooks(CONVERSATIONS * 3);
        allAnswered(1);
        all(customer ->
                world.await("the answer", () -> !world.brought(name(customer)).isEmpty()));
        verdict(1, 1);
    }

    @Test
    void deletedTicketShouldBeFollowedByAnother() {
        if (!opensAnother()) {
            return;
        }
        writes(first, 1);
        world.await("the ticket", () -> !ticketsOf(first).isEmpty());
        world.quiet();
        String former = lastTicketOf(first).id();
        helpdesk.agentDeletes(former);
        writes(first, 2);
        world.await("another ticket", () -> !lastTicketOf(first).id().equals(former));
        world.quiet();
        assertThat(Spoken.word(lastTicketOf(first).messages().get(0).text())).isEqualTo("m" + first + "x2");
        helpdesk.agentReplies(lastTicketOf(first).id(), "Mara", "Good day a" + first + "x1");
        world.await("the answer", () -> !world.brought(name(first)).isEmpty());
        assertThat(world.brought(name(first))).hasSize(1);
        world.quiet();
        assertThat(world.failures()).isEmpty();
    }

    /** What agents are told in a ticket that is no longer there is told nobody, and nothing waits for it. */
    @Test
    void noteForATicketThatWentShouldNotBeDead() {
        if (!opensAnother()) {
            return;
        }
        writes(first, DeskWorld.WAITS + " m" + first + "x1");
        world.await("the ticket", () -> !ticketsOf(first).isEmpty());
        world.quiet();
        String former = lastTicketOf(first).id();
        helpdesk.agentDeletes(former);
        long before = world.notices();
        world.await("the notes", () -> world.notices() >= before + 2);
        world.quiet();
        assertThat(world.failures()).isEmpty();
        writes(first, 2);
        world.await("another ticket", () -> !lastTicketOf(first).id().equals(former));
        world.quiet();
        assertThat(world.failures()).isEmpty();
    }

    /** What an agent mails to somebody else from a ticket is no answer to its customer. */
    @Test
    void mailToOthersShouldReachNoCustomer() {
        if (!forwards()) {
            return;
        }
        writes(first, 1);
        world.await("the ticket", () -> !ticketsOf(first).isEmpty());
        world.quiet();
        String ticket = lastTicketOf(first).id();
        helpdesk.agentForwards(ticket, "Mara", "What does it cost us? a" + first + "x1", "supplier@other.example");
        if (!polls()) {
            helpdesk.settle();
        }
        helpdesk.agentReplies(ticket, "Mara", "Good day a" + first + "x2");
        world.await("the answer", () -> !world.brought(name(first)).isEmpty());
        world.quiet();
        assertThat(world.brought(name(first)).stream().map(Spoken::word)).containsExactly("a" + first + "x2");
        assertThat(world.failures()).isEmpty();
    }

    /** What was answered before a merger is for whom it was written, whoever's ticket it stands in by now. */
    @Test
    void mergedTicketShouldBringNoAnswerToAnother() throws Exception {
        if (merged() == Merged.UNTOLD) {
            return;
        }
        int other = first + 1;
        writes(first, 1);
        world.await("the first ticket", () -> !ticketsOf(first).isEmpty());
        writes(other, 1);
        world.await("the other ticket", () -> !ticketsOf(other).isEmpty());
        world.quiet();
        Ticket merged = lastTicketOf(first);
        Ticket into = lastTicketOf(other);
        world.stop();
        helpdesk.loseWebhooks(100);
        helpdesk.agentReplies(merged.id(), "Mara", "Good day a" + first + "x1");
        helpdesk.agentMerges(merged.id(), into.id());
        helpdesk.settle();
        helpdesk.loseWebhooks(0);
        world.start();
        if (merged() == Merged.BROUGHT) {
            world.await("the answer", () -> !world.brought(name(first)).isEmpty());
        }
        helpdesk.agentReplies(into.id(), "Mara", "Good day a" + other + "x1");
        world.await("the other answer", () -> !world.brought(name(other)).isEmpty());
        writes(first, 2);
        arrivedOf(first, 2);
        world.quiet();
        assertThat(world.brought(name(first)).stream().map(Spoken::word))
                .isEqualTo(merged() == Merged.BROUGHT ? List.of("a" + first + "x1") : List.of());
        assertThat(world.brought(name(other)).stream().map(Spoken::word)).containsExactly("a" + other + "x1");
        assertThat(world.failures()).isEmpty();
    }

    @Test
    void agentsFileShouldReachTheCustomer() {
        if (!bringsFiles()) {
            return;
        }
        writes(first, 1);
        world.await("the ticket", () -> !ticketsOf(first).isEmpty());
        world.quiet();
        byte[] bytes = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
        HelpdeskFile file = new HelpdeskFile("771", "slip.png", "image/png", bytes);
        helpdesk.agentReplies(lastTicketOf(first).id(), "Mara", "There a" + first + "x1", file);
        world.await("the file", () -> world.brought(name(first)).size() >= 2);
        assertThat(world.brought(name(first))).anyMatch(content -> content.startsWith("["));
    }

    /** Agents see what a customer sent, under a name that is only a name, and why something is not there. */
    @Test
    void customersFileShouldHaveAHarmlessNameOrTheReasonWhyNot() {
        String name = "../../x/e" + (char) 0x202E + "gnp.exe";
        writes(first, 1);
        world.await("the ticket", () -> !ticketsOf(first).isEmpty());
        world.sendsTooMuch(name(first), 31L * 1024 * 1024, name);
        String why = "egnp.exe (31 MB): this file could not be taken over: the media is larger than 20 MB.";
        world.await("the reason", () -> times(first, why) > 0);
        world.sends(name(first), new byte[] {77, 90, 3}, name);
        world.await("the file", () -> lastTicketOf(first).messages().stream()
                .anyMatch(message ->
                        message.text().contains("/media/") || !message.files().isEmpty()));
        world.quiet();
        assertThat(lastTicketOf(first).messages()).allSatisfy(message -> {
            assertThat(message.text()).doesNotContain("..", "x/e", String.valueOf((char) 0x202E));
            if (message.text().contains("31 MB")) {
                assertThat(message.text()).doesNotContain("http");
            }
            message.files().forEach(file -> assertThat(file.name()).isEqualTo("egnp.exe"));
        });
    }

    /** The words of a message arrive once, whatever the helpdesk thinks of its file, and agents learn what became of that. */
    @Test
    void refusedFileShouldCostNoWordsAndBeTold() {
        List<SimulatorResponse> refusals = refusals();
        for (int i = 0; i < refusals.size(); i++) {
            byte[] bytes = ("a picture of customer " + first + " number " + i).getBytes(StandardCharsets.UTF_8);
            helpdesk.refuseFile(bytes, refusals.get(i));
            writers.add(first);
            int before = helpdesk.refusedFiles();
            world.sendsPhoto(name(first), bytes, "See there m" + first + "x" + (i + 1));
            arrivedOf(first, i + 1);
            world.quiet(); // some helpdesks get files after the words
            assertThat(helpdesk.refusedFiles() - before)
                    .as("attempts to bring it, with %s", refusals.get(i))
                    .isBetween(i == 0 ? 0 : 1, 2); // some open a ticket with a link alone
        }
        assertThat(said(first)).containsExactlyElementsOf(Spoken.words("m", first, refusals.size()));
        assertThat(world.failures()).isEmpty();
        assertThat(ticketsOf(first).stream()
                        .flatMap(ticket -> ticket.messages().stream())
                        .filter(message -> Spoken.word(message.text()).startsWith("m" + first)))
                .allSatisfy(message -> {
                    assertThat(message.files()).isEmpty();
                    assertThat(message.text())
                            .containsPattern("file-\\S+( \\([^)]+ did not take this file\\))?: http\\S+/media/");
                    if (!filesFollow() && !Spoken.word(message.text()).endsWith("x1")) {
                        assertThat(message.text()).contains(" did not take this file): http");
                    }
                });
        assertThat(world.losses())
                .filteredOn(loss -> loss.contains("did not take"))
                .hasSizeBetween(refusals.size() - 1, refusals.size());
    }

    /** What a helpdesk answers to a file that it does not take; the first is of a proxy before it. */
    protected List<SimulatorResponse> refusals() {
        byte[] page = "<html><head><title>413 Request Entity Too Large</title></head></html>"
                .getBytes(StandardCharsets.UTF_8);
        return List.of(
                new SimulatorResponse(413, "text/html", Map.of(), page),
                SimulatorResponse.json(400, "{\"message\": \"The file is of a type that is not allowed\"}"),
                SimulatorResponse.json(415, "{\"message\": \"Unsupported Media Type\"}"),
                SimulatorResponse.json(422, "{\"message\": \"The file is of a type that is not allowed\"}"));
    }

    /** A file of no bytes reaches nobody: the words do, and agents are told of the file alone. */
    @Test
    void emptyFileOfAnAgentShouldBeToldAlone() {
        if (!bringsFiles() || bringsFilesAlone()) {
            return;
        }
        writes(first, 1);
        world.await("the ticket", () -> !ticketsOf(first).isEmpty());
        world.quiet();
        HelpdeskFile file = new HelpdeskFile("772", "slip.txt", "text/plain", new byte[0]);
        helpdesk.agentReplies(lastTicketOf(first).id(), "Mara", "There a" + first + "x1", file);
        world.await("the words", () -> !world.brought(name(first)).isEmpty());
        world.await("the note", () -> times(first, "The file slip.txt did not reach the customer") > 0);
        world.quiet();
        assertThat(world.brought(name(first)).stream().map(Spoken::word)).containsExactly("a" + first + "x1");
        assertThat(lastTicketOf(first).messages().stream()
                        .filter(message -> message.text().contains("slip.txt did")))
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.visible()).as("agents alone see it").isFalse();
                    assertThat(note.author()).isNotEqualTo(TicketMessage.Author.CUSTOMER);
                    assertThat(note.text()).doesNotContain("is failed");
                });
        assertThat(world.failures()).isEmpty();
    }

    private void allWrite(int number) {
        all(customer -> writes(customer, number));
    }

    private void writes(int customer, int number) {
        writes(customer, "What about it? m" + customer + "x" + number);
    }

    private void writes(int customer, String text) {
        writers.add(customer);
        world.writes(name(customer), text);
    }

    /** An agent answers each, and notes something that nobody else may see. */
    private void allAnswered(int number) {
        all(customer -> {
            String ticket = lastTicketOf(customer).id();
            helpdesk.agentNotes(ticket, "Mara", "A difficult one n" + customer + "x" + number);
            helpdesk.agentReplies(ticket, "Mara", "Good day a" + customer + "x" + number);
        });
    }

    private void arrived(int number) {
        all(customer -> arrivedOf(customer, number));
    }

    private void arrivedOf(int customer, int number) {
        world.await(
                "message " + number + " of " + name(customer),
                () -> said(customer).size() >= number);
    }

    /** Nothing lost, doubled, out of order, sent back, leaked or mailed. */
    private void verdict(int written, int answered) {
        world.quiet();
        assertThat(world.failures()).as("failed deliveries").isEmpty();
        all(customer -> {
            assertThat(said(customer))
                    .as("what %s wrote, at the helpdesk", name(customer))
                    .containsExactlyElementsOf(Spoken.words("m", customer, written));
            assertThat(world.brought(name(customer)).stream().map(Spoken::word))
                    .as("what %s was brought", name(customer))
                    .containsExactlyElementsOf(Spoken.words("a", customer, answered));
            assertThat(ticketsOf(customer).stream().map(Ticket::customer).distinct())
                    .as("who %s is at the helpdesk", name(customer))
                    .hasSize(1);
        });
        assertThat(helpdesk.tickets().customers()).as("customers").hasSize(writers.size());
        assertThat(helpdesk.tickets().all())
                .as("tickets in which nobody said anything")
                .noneMatch(ticket ->
                        ticket.messages().isEmpty() && ticket.mergedInto().isEmpty());
        assertThat(helpdesk.tickets().mails().stream().filter(TicketMail::byApi))
                .as("mails that we caused")
                .isEmpty();
    }

    /** What a customer said, in the order of the helpdesk, each of us and visible. */
    private List<String> said(int customer) {
        return ticketsOf(customer).stream()
                .flatMap(ticket -> ticket.messages().stream())
                .filter(message -> Spoken.word(message.text()).startsWith("m" + customer + "x"))
                .filter(this::isCustomers)
                .sorted(Comparator.comparing(TicketMessage::at))
                .map(message -> Spoken.word(message.text()))
                .toList();
    }

    private long times(int customer, String text) {
        return Spoken.times(ticketsOf(customer), text);
    }

    private List<Ticket> ticketsOf(int customer) {
        return helpdesk.tickets().all().stream()
                .filter(ticket -> ticket.messages().stream()
                        .anyMatch(message -> Spoken.word(message.text()).startsWith("m" + customer + "x")))
                .toList();
    }

    private Ticket lastTicketOf(int customer) {
        List<Ticket> tickets = ticketsOf(customer);
        return tickets.get(tickets.size() - 1);
    }

    private static String name(int customer) {
        return "customer" + customer;
    }

    private void all(IntConsumer what) {
        IntStream.range(first, first + CONVERSATIONS).forEach(what);
    }
}
