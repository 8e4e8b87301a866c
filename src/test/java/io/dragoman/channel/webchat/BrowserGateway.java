// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.connector.Account;
import io.dragoman.connector.OpeningHours;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.fault.FaultyProxy;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The other side of {@code visit.cjs}: the agent, the network and the gateway, each when it is their turn. */
final class BrowserGateway implements AutoCloseable {
    private final Path data;
    private final Account account;
    private final int port;
    private final FaultyProxy network;
    private final List<DeskNotice> before = new ArrayList<>();
    private ChatGateway chat;
    private volatile OpeningHours.State hours = new OpeningHours.State(
            false, Instant.now().plus(Duration.ofHours(26)).truncatedTo(ChronoUnit.MINUTES));
    private String conversation = "";

    BrowserGateway(Path data, Account account, int port, FaultyProxy network) throws Exception {
        this.data = data;
        this.account = account;
        this.port = port;
        this.network = network;
        chat = start();
    }

    private ChatGateway start() throws Exception {
        return new ChatGateway(data, account, port, (name, at) -> Optional.of(hours));
    }

    /** Does what the visitor waits for. */
    void turn(String line) throws Exception {
        switch (line) {
            case "WROTE" ->
                conversation = chat.awaitReceived(1).data().conversation().id();
            case "ANSWER" -> chat.answers(conversation, "one", "first answer");
            case "CLOSED" -> chat.answers(conversation, "two", "second answer");
            case "DROP" -> {
                network.resetAll();
                chat.answers(conversation, "three", "while you were away");
            }
            case "RESTART" -> {
                chat.stop();
                before.addAll(chat.received());
                chat = start();
                chat.answers(conversation, "four", "after the restart");
            }
            case "TYPING" -> chat.types(conversation);
            case "OPENING" -> hours = new OpeningHours.State(true, Instant.now().plus(Duration.ofHours(8)));
            default -> throw new AssertionError("nobody's turn: " + line);
        }
    }

    /** Waits until the desk has all that visitors wrote, each once. */
    void awaitAllOnce() {
        TestGateway.await("the end of the chat at the desk", () -> texts().contains("me again"));
        assertThat(texts())
                .containsExactlyInAnyOrder(
                        "<b>hi</b> & გამარჯობა",
                        "[media]",
                        "from the other tab",
                        "without a network",
                        "over a restart",
                        "[structured]",
                        "it is me",
                        "[structured]",
                        "me again");
        DeskNotice user = notices()
                .filter(notice -> text(notice).equals("it is me"))
                .findFirst()
                .orElseThrow();
        assertThat(user.data().contact().identities())
                .extracting(identity -> identity.type() + " " + identity.value())
                .containsExactly("webchat-user u-77");
    }

    /** Waits for the chat in the mail. */
    void awaitMail() {
        TestGateway.await("the mail", () -> !chat.test.channel.sent.isEmpty());
        ToCustomer mail = (ToCustomer) chat.test.channel.sent.get(0);
        assertThat(mail.address()).isEqualTo("ana@example.org");
        assertThat(((Part.Text) mail.parts().get(0)).text())
                .contains("<b>hi</b> & გამარჯობა", "first answer", "[order.txt]", "after the restart");
    }

    /** Waits for the answer to the survey, which took the place of the one before. */
    void awaitRating() {
        TestGateway.await("the second answer", () -> chat.ratings().size() == 2);
        assertThat(chat.ratings().get(0)).containsEntry("csat", "2").doesNotContainKey("csatComment");
        assertThat(chat.ratings().get(1)).containsEntry("csat", "4").containsEntry("csatComment", "well <i>done</i>");
    }

    private Stream<DeskNotice> notices() {
        return Stream.concat(before.stream(), chat.received().stream());
    }

    private List<String> texts() {
        return notices().map(BrowserGateway::text).collect(Collectors.toList());
    }

    private static String text(DeskNotice notice) {
        List<Part> parts = Objects.requireNonNull(notice.data().message()).parts();
        Part last = parts.get(parts.size() - 1);
        return last instanceof Part.Text text ? text.text() : "[" + last.type() + "]";
    }

    @Override
    public void close() {
        chat.close();
    }
}
