// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Sent;
import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.mail.MimeHeaders;
import io.dragoman.connector.mail.MimePart;
import io.dragoman.connector.mail.MimeReader;
import io.dragoman.connector.mail.OwnIds;
import io.dragoman.connector.mail.TestTransport;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.MessageBuilder;
import io.dragoman.model.Part;
import io.dragoman.model.Participant;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written to the helpdesk, and by what it finds its ticket. */
final class NoticeMailTest {
    private static final Map<String, String> OPEN = Map.of(
            "title", "I want my money back",
            "first", "first@reply.example",
            "last", "last@reply.example",
            "token", "[rt #12]",
            "theirs", "t1@desk.example t2@desk.example");

    private final TestTransport transport = new TestTransport();
    private final Account account = MailDeskAccount.with();

    @BeforeEach
    void take() {
        transport.scripted = new SmtpReply(250, "");
    }

    @Test
    void firstMailShouldOpenTheTicketAsTheCustomer() {
        Outcome outcome = deliver(
                account, notice(DeskNotice.Type.MESSAGE_RECEIVED, new Part.Text("I want my money back 💶")), Map.of());
        MimeHeaders headers = sent().headers();
        String address = MailDeskAccount.address(account);
        assertThat(headers.text("from")).contains("\"Ana (whatsapp)\" <" + address + ">");
        assertThat(headers.text("to")).contains(MailDeskAccount.DESK);
        assertThat(headers.text("subject")).contains("I want my money back 💶");
        assertThat(headers.raw("x-dragoman-conversation")).contains(MailDeskAccount.CONVERSATION);
        assertThat(headers.raw("x-dragoman-loop")).contains(new OwnIds(account).loop());
        assertThat(List.of(
                        "auto-submitted",
                        "precedence",
                        "list-id",
                        "x-auto-response-suppress",
                        "reply-to",
                        "references"))
                .noneMatch(headers::has);
        assertThat(sent().text(1_000).strip()).isEqualTo("I want my money back 💶");
        assertThat(transport.envelopes).containsExactly(address);
        assertThat(transport.recipients).containsExactly(List.of(MailDeskAccount.DESK));
        Map<String, String> kept = ((Sent) outcome).kept();
        assertThat(headers.raw("message-id")).contains("<" + kept.get("first") + ">");
        assertThat(kept).containsEntry("title", "I want my money back 💶").containsEntry("last", kept.get("first"));
    }

    @Test
    void secondAttemptShouldBeTheSameMail() {
        ToDesk notice = new ToDesk("delivery-1", notice(DeskNotice.Type.MESSAGE_RECEIVED, new Part.Text("Hello")));
        transport.broken = TransportFailure.maybeSent(Reason.TIMEOUT, "no answer");
        assertThat(new EmailDesk().deliver(account, notice, transport)).isInstanceOf(Outcome.Uncertain.class);
        transport.broken = null;
        assertThat(new EmailDesk().deliver(account, notice, transport)).isInstanceOf(Sent.class);
        assertThat(id(0)).isEqualTo(id(1));
        deliver(account, "delivery-2", notice.notice(), Map.of());
        assertThat(id(2)).isNotEqualTo(id(1));
    }

    @Test
    void laterMailShouldThreadByIdsAndToken() {
        Outcome outcome = deliver(account, notice(DeskNotice.Type.MESSAGE_RECEIVED, new Part.Text("And soon")), OPEN);
        MimeHeaders headers = sent().headers();
        assertThat(headers.text("subject")).contains("Re: [rt #12] I want my money back");
        assertThat(headers.raw("in-reply-to")).contains("<t2@desk.example>");
        assertThat(headers.text("references"))
                .contains("<first@reply.example> <last@reply.example> <t1@desk.example> <t2@desk.example>");
        assertThat(((Sent) outcome).kept()).containsOnlyKeys("last");
    }

    @Test
    void laterMailShouldThreadByOursBeforeTheHelpdeskAnswered() {
        Map<String, String> kept = ((Sent)
                        deliver(account, "d-1", notice(DeskNotice.Type.MESSAGE_RECEIVED, new Part.Text("A")), Map.of()))
                .kept();
        deliver(account, "d-2", notice(DeskNotice.Type.MESSAGE_RECEIVED, new Part.Text("B")), kept);
        assertThat(sent().headers().raw("in-reply-to")).isEqualTo(headers(0).raw("message-id"));
        assertThat(sent().headers().text("subject")).contains("Re: A");
    }

    @Test
    void fixedSenderShouldLeaveTheConversationToReplyTo() {
        Account fixed = MailDeskAccount.with("from", "fixed", "product", "zammad");
        deliver(fixed, notice(DeskNotice.Type.MESSAGE_RECEIVED, new Part.Text("Hello")), Map.of());
        assertThat(sent().headers().text("from")).contains("\"Ana (whatsapp)\" <desk@reply.example>");
        assertThat(sent().headers().text("reply-to")).contains(MailDeskAccount.address(fixed));
        assertThat(sent().headers().raw("x-auto-response-suppress")).contains("All");
        assertThat(transport.envelopes).containsExactly("desk@reply.example");
    }

    @Test
    void filesShouldGoWithTheMailAsLongAsThereIsRoom() {
        Account small = MailDeskAccount.with("largestFiles", "1");
        transport.kept.put("a", "first".getBytes(StandardCharsets.UTF_8));
        transport.kept.put("b", new byte[1_000_001]);
        Outcome outcome = deliver(
                small,
                notice(
                        DeskNotice.Type.MESSAGE_RECEIVED,
                        new Part.Text("See"),
                        media("a", "a.txt"),
                        media("b", "b.txt"),
                        media("c", "c.txt")),
                Map.of());
        assertThat(outcome).isInstanceOf(Sent.class);
        List<MimePart> parts = sent().children();
        assertThat(parts).hasSize(2);
        assertThat(parts.get(0).text(1_000))
                .isEqualToNormalizingNewlines(
                        "See\n\nb.txt: https://chat.shop.example/media/b\n\nc.txt: https://chat.shop.example/media/c");
        assertThat(parts.get(1).fileName()).contains("a.txt");
        assertThat(parts.get(1).content(100)).asString(StandardCharsets.UTF_8).isEqualTo("first");
    }

    /** As for a size or a type that the helpdesk's mail server does not take. */
    @ParameterizedTest
    @CsvSource({"552, 5.3.4", "552, 5.7.0", "552, ''", "554, 5.6.1"})
    void refusedFileShouldCostNoWordsAndBeTold(int code, String enhanced) {
        transport.kept.put("a", "first".getBytes(StandardCharsets.UTF_8));
        transport.replies.addAll(List.of(new SmtpReply(code, enhanced), new SmtpReply(250, "")));
        Outcome outcome = deliver(
                account, notice(DeskNotice.Type.MESSAGE_RECEIVED, new Part.Text("See"), media("a", "a.txt")), Map.of());
        assertThat(outcome).isInstanceOfSatisfying(Sent.class, sent -> assertThat(sent.losses())
                .containsExactly("The helpdesk's mail server did not take a file."));
        assertThat(transport.mails).hasSize(2);
        assertThat(sent().children()).isEmpty();
        assertThat(sent().text(1_000))
                .isEqualToNormalizingNewlines("See\n\n[a.txt: the mail server did not take this file.]\n\n"
                        + "a.txt: https://chat.shop.example/media/a");
    }

    @Test
    void refusedMailWithoutFilesShouldBeTriedOnce() {
        transport.scripted = new SmtpReply(554, "5.7.1");
        assertThat(deliver(account, notice(DeskNotice.Type.MESSAGE_RECEIVED, new Part.Text("x")), Map.of()))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(transport.mails).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(DeskNotice.Type.class)
    void everyNoticeShouldBeAMailOrSayWhyNot(DeskNotice.Type type) {
        DeskNotice notice = notice(type, new Part.Text("the words"));
        Outcome open = deliver(account, notice, OPEN);
        assertThat(open).isInstanceOf(Sent.class);
        String text = transport.mails.isEmpty() ? "" : sent().text(1_000).strip();
        assertThat(text.replace("\r\n", "\n"))
                .isEqualTo(
                        switch (type) {
                            case MESSAGE_RECEIVED -> "the words\n\n[Note: seen]";
                            case MESSAGE_SENT -> "[Sent to the customer by Mara]\n\nthe words\n\n[Note: seen]";
                            case MESSAGE_EDITED -> "[A message was changed to]\n\nthe words\n\n[Note: seen]";
                            case MESSAGE_DELETED -> "[A message was deleted]\n\n[Note: seen]";
                            case MESSAGE_REACTION -> "[The customer reacted with 👍 to]\n\nthe words\n\n[Note: seen]";
                            case DELIVERY_UPDATED ->
                                "[This did not reach the customer, recipient-unknown]\n\nthe words\n\n[Note: seen]";
                            case CONVERSATION_UPDATED -> "the words\n\n[Note: seen]";
                        });
        boolean opens = type == DeskNotice.Type.MESSAGE_RECEIVED || type == DeskNotice.Type.MESSAGE_SENT;
        Sent before = (Sent) deliver(account, notice, Map.of());
        assertThat(before.losses()).hasSize(opens ? 0 : 1);
        assertThat(before.kept().isEmpty()).isEqualTo(!opens);
    }

    @Test
    void refusedRecipientShouldBeRefused() {
        transport.scripted = new SmtpReply(550, "5.1.1");
        assertThat(deliver(account, notice(DeskNotice.Type.MESSAGE_RECEIVED, new Part.Text("x")), Map.of()))
                .isInstanceOf(Outcome.Refused.class);
        transport.scripted = new SmtpReply(451, "4.7.1");
        assertThat(deliver(account, notice(DeskNotice.Type.MESSAGE_RECEIVED, new Part.Text("x")), Map.of()))
                .isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void nameWithALineBreakShouldAddNoHeader() {
        DeskNotice notice = notice(DeskNotice.Type.MESSAGE_RECEIVED, new Part.Text("Hi\r\nBcc: x@evil.example"));
        Contact odd = new Contact("p-1", "Ana\r\nBcc: y@evil.example", "en", List.of(), List.of());
        DeskNotice.Data data = notice.data();
        deliver(
                account,
                new DeskNotice(
                        notice.type(),
                        notice.timestamp(),
                        new DeskNotice.Data(data.conversation(), odd, data.message(), null, null, List.of())),
                Map.of());
        assertThat(sent().headers().has("bcc")).isFalse();
        assertThat(sent().headers().text("subject")).contains("Hi");
    }

    @Test
    void agentsShouldSeeWhoseWordsTheyAreAndWhoElseGotThem() {
        DeskNotice plain = notice(DeskNotice.Type.MESSAGE_RECEIVED, new Part.Text("Is this right?"));
        Message message = MessageBuilder.builder(
                        Objects.requireNonNull(plain.data().message()))
                .forwarded("Cy\r\nNo: header")
                .to(List.of(new Participant("Olga Nowak", "olga@agency.example")))
                .cc(List.of(new Participant(null, "bob@other.example"), new Participant("Us", "us@other.example")))
                .build();
        DeskNotice.Data data = plain.data();
        deliver(
                account,
                new DeskNotice(
                        plain.type(),
                        plain.timestamp(),
                        new DeskNotice.Data(data.conversation(), data.contact(), message, null, null, List.of())),
                Map.of());
        assertThat(sent().text(1_000).strip().replace("\r\n", "\n"))
                .isEqualTo("[Forwarded from Cy No: header]\n[To: Olga Nowak <olga@agency.example>]\n"
                        + "[Copy: bob@other.example, Us <us@other.example>]\n\nIs this right?");
    }

    private static Part.Media media(String id, String name) {
        return new Part.Media(
                Part.MediaKind.FILE, "text/plain", name, null, null, id, "https://chat.shop.example/media/" + id);
    }

    private static DeskNotice notice(DeskNotice.Type type, Part... parts) {
        Conversation conversation = new ConversationBuilder(
                        MailDeskAccount.CONVERSATION, "shop", "whatsapp", "p-1", "7001", MailDeskAccount.NOW)
                .desk("helpdesk")
                .build();
        Message message = MessageBuilder.builder()
                .id("m-1")
                .conversation(conversation.id())
                .sequence(7)
                .direction(type == DeskNotice.Type.MESSAGE_SENT ? Message.Direction.OUT : Message.Direction.IN)
                .author(new Message.Author(Message.Author.Kind.AGENT, "Mara"))
                .sentAt(MailDeskAccount.NOW)
                .receivedAt(MailDeskAccount.NOW)
                .status(type == DeskNotice.Type.DELIVERY_UPDATED ? Status.FAILED : null)
                .reason(type == DeskNotice.Type.DELIVERY_UPDATED ? Reason.RECIPIENT_UNKNOWN : null)
                .parts(List.of(parts))
                .build();
        Contact contact = new Contact("p-1", "Ana", "en", List.of(new Identity("whatsapp", "7001", true)), List.of());
        boolean noted = parts.length == 1 && parts[0].equals(new Part.Text("the words"));
        DeskNotice.Data data =
                new DeskNotice.Data(conversation, contact, message, "👍", null, noted ? List.of("seen") : List.of());
        return new DeskNotice(type, MailDeskAccount.NOW, data);
    }

    private Outcome deliver(Account to, DeskNotice notice, Map<String, String> kept) {
        return deliver(to, "delivery-1", notice, kept);
    }

    private Outcome deliver(Account to, String key, DeskNotice notice, Map<String, String> kept) {
        return new EmailDesk().deliver(to, new ToDesk(key, notice, kept), transport);
    }

    private String id(int index) {
        return headers(index).raw("message-id").orElseThrow();
    }

    private MimeHeaders headers(int index) {
        return MimeReader.read(transport.mails.get(index)).root().headers();
    }

    private MimePart sent() {
        return MimeReader.read(transport.mails.get(transport.mails.size() - 1)).root();
    }
}
