// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.mail.OwnIds;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.DeskEvent.AgentReplied;
import io.dragoman.model.DeskEvent.ReferenceChanged;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may answer whom by mail, and what is no answer. */
final class AgentMailReaderTest {
    private final Account account = MailDeskAccount.with();
    private final String to = MailDeskAccount.address(account);

    @Test
    void answerShouldGoToTheConversationOfTheTokenWhateverTheSubjectSays() throws Exception {
        AgentReplied reply = reply(MailDeskAccount.mail(to, "Subject: [#999] another", "", "Hello Ana"));
        assertThat(reply.conversation()).isEqualTo(MailDeskAccount.CONVERSATION);
        assertThat(reply.author()).isEqualTo("Mara");
        assertThat(reply.parts()).containsExactly(new Part.Text("Hello Ana"));
    }

    @Test
    void sameMailShouldHaveTheSameKey() throws Exception {
        String mail = MailDeskAccount.mail(to, "Subject: x", "", "Hello Ana");
        assertThat(reply("INBOX/7/2", "Received: from elsewhere\n" + mail).key())
                .isEqualTo(reply("INBOX/7/1", mail).key());
        assertThat(reply(mail.replace("Hello", "Goodbye")).key())
                .isNotEqualTo(reply(mail).key());
    }

    @Test
    void guessedTokenShouldBeRefused() throws Exception {
        for (int i : new int[] {2, 10, 27, 28, 35, 43}) {
            char other = to.charAt(i) == 'a' ? 'b' : 'a';
            String forged = to.substring(0, i) + other + to.substring(i + 1);
            assertThat(refused(MailDeskAccount.mail(forged, "Subject: x", "", "Hello")))
                    .isEqualTo(
                            "refused: the token in the address is not one of ours: tokenSecret was changed, or somebody"
                                    + " guesses");
        }
        assertThat(refused(MailDeskAccount.mail("c-x@reply.example", "Subject: x", "", "Hello")))
                .contains("the token in the address is not one of ours");
        assertThat(refused(MailDeskAccount.mail("desk@reply.example", "Subject: [#1] x", "", "Hello")))
                .contains("no recipient's address has a token");
    }

    @Test
    void tokenOfAnotherSecretShouldBeRefusedUntilBothAreConfigured() throws Exception {
        Account before = MailDeskAccount.with("tokenSecret", "the-secret-of-last-year");
        String mail = MailDeskAccount.mail(MailDeskAccount.address(before), "Subject: x", "", "Hello");
        assertThat(refused(mail)).contains("tokenSecret was changed");
        Account both = MailDeskAccount.with("tokenSecret", "the-secret-of-this-year the-secret-of-last-year");
        assertThat(MailDeskAccount.read(both, mail)).hasAtLeastOneElementOfType(AgentReplied.class);
        assertThat(MailDeskAccount.address(both)).isNotEqualTo(MailDeskAccount.address(before));
    }

    @Test
    void addressShouldCountInAnyLetterCaseAndHiddenByTheServer() throws Exception {
        assertThat(reply(MailDeskAccount.mail(to.toUpperCase(java.util.Locale.ROOT), "Subject: x", "", "Hello"))
                        .conversation())
                .isEqualTo(MailDeskAccount.CONVERSATION);
        assertThat(reply(MailDeskAccount.mail("undisclosed:;", "Delivered-To: " + to, "Subject: x", "", "Hello"))
                        .conversation())
                .isEqualTo(MailDeskAccount.CONVERSATION);
    }

    @Test
    void strangerWhoKnowsTheAddressShouldBeRefused() throws Exception {
        String mail = MailDeskAccount.mail(to, "Subject: x", "", "Pay me")
                .replace("@desk.example>\nTo", "@evil.example>\nTo");
        assertThat(refused(mail)).contains("none of the helpdesk's");
        Account open = MailDeskAccount.with("senders", "a@b.example, @EVIL.example");
        assertThat(MailDeskAccount.read(open, mail)).hasAtLeastOneElementOfType(AgentReplied.class);
        assertThat(refused(mail.replace("@evil.example", "@not-desk.example"))).contains("none of the helpdesk's");
    }

    @Test
    void ownMailThatComesBackShouldStopThere() throws Exception {
        String loop = new OwnIds(account).loop();
        assertThat(refused(MailDeskAccount.mail(to, "X-Dragoman-Loop: " + loop, "Subject: x", "", "Hello")))
                .isEqualTo("loop: a mail of the gateway's own came back");
        String id = new OwnIds(account).messageId(MailDeskAccount.CONVERSATION, "delivery-1", "reply.example");
        assertThat(refused(MailDeskAccount.mail(to, "Subject: x", "", "Hello").replace("m-1@desk.example", id)))
                .startsWith("loop: ");
        assertThat(reply(MailDeskAccount.mail(to, "X-Dragoman-Loop: another", "Subject: x", "", "Hello"))
                        .parts())
                .isNotEmpty();
    }

    @Test
    void bounceShouldBeAFailureThatIsShown() {
        String id = new OwnIds(account).messageId(MailDeskAccount.CONVERSATION, "delivery-1", "reply.example");
        assertThatThrownBy(() -> MailDeskAccount.read(account, bounce(id)))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("conversation " + MailDeskAccount.CONVERSATION + " came back undelivered")
                .hasMessageContaining("5.1.1")
                .hasMessageContaining("deskAddress");
    }

    @Test
    void bounceOfNoMailOfOursShouldReachNobody() throws Exception {
        assertThat(refused(bounce("somebody@else.example"))).startsWith("report: ");
    }

    private String bounce(String id) {
        return String.join(
                "\n",
                "From: MAILER-DAEMON@mx.desk.example",
                "To: " + to,
                "Subject: Undelivered Mail Returned to Sender",
                "Auto-Submitted: auto-replied",
                "MIME-Version: 1.0",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                "unknown user",
                "--b",
                "Content-Type: message/delivery-status",
                "",
                "Reporting-MTA: dns; mx.desk.example",
                "",
                "Final-Recipient: rfc822; support@desk.example",
                "Action: failed",
                "Status: 5.1.1",
                "",
                "--b",
                "Content-Type: text/rfc822-headers",
                "",
                "Message-ID: <" + id + ">",
                "--b--",
                "");
    }

    @Test
    void subjectsToIgnoreShouldReachNobody() throws Exception {
        Account ignoring = MailDeskAccount.with("ignoreSubjects", "How did we do|Closed:");
        String mail = MailDeskAccount.mail(to, "Subject: [#12] how did we do, Ana?", "", "Rate us");
        assertThat(MailDeskAccount.read(ignoring, mail)).noneMatch(AgentReplied.class::isInstance);
        assertThat(reply(mail).parts()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Hello|~~~ cut here ~~~|old; Hello",
                "~~~ CUT HERE ~~~|Hello|~~~ cut here ~~~|old; Hello",
                "Hello||On Sat, 28 Nov 2026, Ana wrote:|> old; Hello",
                "Hello||-- |Mara, Example Support; Hello",
            })
    void onlyWhatStandsAboveShouldBePassedOn(String text, String expected) throws Exception {
        Account cutting = MailDeskAccount.with("separators", "~~~ cut here ~~~");
        String mail = MailDeskAccount.mail(
                to, "Subject: Re: x", "In-Reply-To: <old@reply.example>", "", text.replace('|', '\n'));
        assertThat(MailDeskAccount.read(cutting, mail))
                .filteredOn(AgentReplied.class::isInstance)
                .singleElement()
                .satisfies(
                        event -> assertThat(((AgentReplied) event).parts()).containsExactly(new Part.Text(expected)));
    }

    @Test
    void signatureShouldStayWhereItIsWanted() throws Exception {
        Account signing = MailDeskAccount.with("signatures", "true");
        String mail = MailDeskAccount.mail(
                to, "Subject: Re: x", "In-Reply-To: <old@reply.example>", "", "Hello", "-- ", "Mara", "", "> old");
        assertThat(MailDeskAccount.read(signing, mail))
                .filteredOn(AgentReplied.class::isInstance)
                .singleElement()
                .satisfies(event ->
                        assertThat(((AgentReplied) event).parts()).containsExactly(new Part.Text("Hello\n-- \nMara")));
    }

    @Test
    void ticketsTokenAndIdsShouldBeLearnt() throws Exception {
        String own = new OwnIds(account).messageId(MailDeskAccount.CONVERSATION, "delivery-1", "reply.example");
        List<DeskEvent> events = MailDeskAccount.read(
                account,
                MailDeskAccount.mail(
                        to,
                        "Subject: [rt.desk.example #12] AutoReply: x",
                        "Auto-Submitted: auto-replied",
                        "References: <t-12@desk.example> <" + own + ">",
                        "",
                        "We got it"));
        assertThat(events).noneMatch(AgentReplied.class::isInstance);
        ReferenceChanged learnt = (ReferenceChanged) events.get(0);
        assertThat(learnt.kept())
                .isEqualTo(Map.of("token", "[rt.desk.example #12]", "theirs", "t-12@desk.example m-1@desk.example"));
    }

    @Test
    void moreMailsThanAMinuteTakesShouldBeShownAsALoop() throws Exception {
        Account three = MailDeskAccount.with("mailsPerMinute", "3");
        List<Request> requests = IntStream.range(0, 5)
                .mapToObj(i -> Request.polled(
                        "INBOX/7/" + i,
                        MailDeskAccount.mail(to, "Subject: " + i, "", "Hello")
                                .replace("\n", "\r\n")
                                .getBytes(StandardCharsets.UTF_8),
                        MailDeskAccount.NOW.plusSeconds(i)))
                .toList();
        MailFlood flood = new MailFlood();
        List<Request> marked = flood.marked(three, new Batch(requests, "5")).requests();
        assertThat(marked)
                .extracting(request -> MailFlood.needed(request.path()))
                .containsExactly(0, 0, 0, 4, 5);
        assertThatThrownBy(() -> MailDeskAccount.read(three, marked.get(4).path(), "To: " + to + "\n\nHello"))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("mailsPerMinute");
        Request later = Request.polled("INBOX/7/9", requests.get(0).body(), MailDeskAccount.NOW.plusSeconds(90));
        assertThat(flood.marked(three, new Batch(List.of(later), "9")).requests())
                .containsExactly(later);
    }

    @Test
    void mailsThatWaitedInTheMailboxShouldCountByTheirOwnTime() throws Exception {
        Account three = MailDeskAccount.with("mailsPerMinute", "3");
        List<Request> requests = IntStream.range(0, 9)
                .mapToObj(i -> polled(
                        "Received: from desk.example by mx.reply.example (Postfix)\n\twith ESMTP id x" + i
                                + "; Sat, 28 Nov 2026 0" + i + ":00:00 +0000 (UTC)\n"
                                + MailDeskAccount.mail(to, "Subject: " + i, "", "Hello"),
                        i))
                .toList();
        assertThat(new MailFlood().marked(three, new Batch(requests, "9")).requests())
                .isEqualTo(requests);
    }

    @Test
    void whatIsNoAnswerShouldNotCountForALoop() throws Exception {
        Account three = MailDeskAccount.with("mailsPerMinute", "3");
        List<Request> requests = IntStream.range(0, 9)
                .mapToObj(i -> polled(
                        MailDeskAccount.mail(to, "Subject: " + i, "Auto-Submitted: auto-generated", "", "We got it"),
                        i))
                .toList();
        assertThat(new MailFlood().marked(three, new Batch(requests, "9")).requests())
                .isEqualTo(requests);
    }

    @Test
    void mailBeyondTheLimitShouldBeReadOnceTheLimitTakesIt() throws Exception {
        String mail = MailDeskAccount.mail(to, "Subject: x", "", "Hello Ana");
        assertThat(MailDeskAccount.read(MailDeskAccount.with("mailsPerMinute", "12"), "INBOX/7/1#flood=12", mail))
                .hasAtLeastOneElementOfType(AgentReplied.class);
        assertThat(MailDeskAccount.read(account, "INBOX/7/1#flood", mail)) // as versions before marked it
                .hasAtLeastOneElementOfType(AgentReplied.class);
        assertThatThrownBy(() -> MailDeskAccount.read(account, "INBOX/7/1#flood=12", mail))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("set mailsPerMinute to 12 or more");
    }

    private static Request polled(String mail, int seconds) {
        return Request.polled(
                "INBOX/7/" + seconds,
                mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8),
                MailDeskAccount.NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "> Where is my parcel?\n> It was to come today.",
                "On Mon, 30 Nov 2026 at 10:00, Ana (c-x@reply.example) wrote:\n> Where is my parcel?",
                "On Mon, 30 Nov 2026, mailA wrote:",
                "-- \nMara\nDesk Example",
                "--\nMara\nDesk Example"
            })
    void mailWithNothingOfItsOwnShouldBeEmpty(String text) throws Exception {
        for (String field : List.of("Subject: Re: x", "In-Reply-To: <m-0@reply.example>")) {
            List<DeskEvent> events = MailDeskAccount.read(account, MailDeskAccount.mail(to, field, "", text));
            assertThat(events).filteredOn(AgentReplied.class::isInstance).isEmpty();
            assertThat(events)
                    .anyMatch(event ->
                            event instanceof Ignored ignored && ignored.kind().equals("empty"));
        }
    }

    @Test
    void lineThatSaysWhoWroteShouldBeCut() throws Exception {
        for (String field : List.of("Subject: Re: x", "In-Reply-To: <m-0@reply.example>")) {
            for (String quote : List.of("", "\n> Where is my parcel?")) {
                String text = "It comes on 2 Dec 2026:\ntomorrow\n\nOn Mon, 30 Nov 2026, mailA wrote:" + quote;
                assertThat(reply(MailDeskAccount.mail(to, field, "", text)).parts())
                        .containsExactly(new Part.Text("It comes on 2 Dec 2026:\ntomorrow"));
            }
        }
        assertThat(reply(MailDeskAccount.mail(to, "Subject: x", "", "It comes on 2 Dec 2026:"))
                        .parts())
                .containsExactly(new Part.Text("It comes on 2 Dec 2026:"));
    }

    @Test
    void mailOfSeveralSendersShouldBeNobodys() throws Exception {
        String mail = MailDeskAccount.mail(to, "Subject: x", "", "Hello");
        String several = "From: Mara <mara@desk.example>, evil@other.example";
        assertThat(refused(mail.replace("From: Mara <mara@desk.example>", several)))
                .contains("refused: its From names several senders");
        assertThat(refused("From: evil@other.example\n" + mail)).contains("names several senders");
        assertThat(refused(mail.replaceFirst("\nTo:", "\nFrom: evil@other.example\nTo:")))
                .contains("names several senders");
    }

    @Test
    void mailThatCouldNotBeTakenWholeShouldBeShown() {
        assertThatThrownBy(() -> MailDeskAccount.read(
                        account, "INBOX/7/1#headers-only=99", MailDeskAccount.mail(to, "Subject: x", "", "")))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("largestMail");
    }

    private AgentReplied reply(String mail) throws Exception {
        return reply("INBOX/7/1", mail);
    }

    private AgentReplied reply(String place, String mail) throws Exception {
        return (AgentReplied) MailDeskAccount.read(account, place, mail).stream()
                .filter(AgentReplied.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private String refused(String mail) throws Exception {
        List<DeskEvent> events = MailDeskAccount.read(account, mail);
        assertThat(events).hasSize(1);
        return ((Ignored) events.get(0)).reason();
    }
}
