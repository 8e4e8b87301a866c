// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.connector.mail.MailAddress;
import io.dragoman.connector.mail.MimeHeaders;
import io.dragoman.connector.mail.MimeReader;
import io.dragoman.connector.mail.TestAccount;
import io.dragoman.connector.mail.TestTransport;
import io.dragoman.model.Part;
import io.dragoman.model.Participant;
import io.dragoman.model.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who gets an answer beside the customer, and that the customer gets it whoever is refused. */
final class CopiesTest {
    private static final Account ACCOUNT = TestAccount.with("aliases", "help@shop.example", "smtp.host", "127.0.0.1");
    private static final String ANNA = "anna@customer.example";
    private static final String BOB = "bob@other.example";
    private static final String EVE = "eve@other.example";
    private static final SmtpReply UNKNOWN = new SmtpReply(550, "5.1.1");
    private static final SmtpReply LATER = new SmtpReply(450, "4.2.1");

    private final TestTransport transport = new TestTransport();

    @Test
    void copiesShouldStandInHeaderAndEnvelope() {
        transport.scripted = new SmtpReply(250, "");
        Outcome outcome = send(answer(List.of(person("Anna at home", "anna@home.example")), person("Bob, B.", BOB)));
        MimeHeaders headers = MimeReader.read(transport.mails.get(0)).root().headers();
        assertThat(headers.raw("to")).contains("anna@customer.example, Anna at home <anna@home.example>");
        assertThat(headers.raw("cc")).contains("\"Bob, B.\" <bob@other.example>");
        assertThat(transport.recipients).containsExactly(List.of(ANNA, "anna@home.example", BOB));
        assertThat(((Outcome.Sent) outcome).losses()).isEmpty();
    }

    @Test
    @DisplayName("own addresses, programs, what is no address and the customer again get no copy; the desk is told")
    void loopsShouldBeImpossible() {
        transport.scripted = new SmtpReply(250, "");
        Outcome outcome = send(answer(
                List.of(),
                person(null, "support+abc@shop.example"),
                person(null, "HELP@shop.example"),
                person(null, "no-reply@other.example"),
                person(null, "club-request@lists.example"),
                person(null, "jürgen@other.example"),
                person(null, "no address"),
                person(null, "Anna@Customer.example"),
                person("Eve\r\nBcc: x@evil.example", EVE),
                person(null, EVE)));
        assertThat(transport.recipients).containsExactly(List.of(ANNA, EVE));
        MimeHeaders headers = MimeReader.read(transport.mails.get(0)).root().headers();
        assertThat(headers.has("bcc")).isFalse();
        assertThat(headers.addresses("cc")).extracting(MailAddress::address).containsExactly(EVE);
        assertThat(((Outcome.Sent) outcome).losses())
                .containsExactly(
                        "support+abc@shop.example was left out: it is an address of ours.",
                        "HELP@shop.example was left out: it is an address of ours.",
                        "no-reply@other.example was left out: a program reads it.",
                        "club-request@lists.example was left out: a program reads it.",
                        "jürgen@other.example was left out: it is no mail address that can be written to from here.",
                        "no address was left out: it is no mail address that can be written to from here.");
    }

    @Test
    void machineShouldWriteToTheCustomerAlone() {
        transport.scripted = new SmtpReply(250, "");
        ToCustomer automatic = new ToCustomer(
                "k",
                "m",
                TestAccount.CONVERSATION,
                ANNA,
                List.of(new Part.Text("Closed.")),
                null,
                "Hi",
                List.of(),
                null,
                true,
                List.of(person(null, EVE)),
                List.of(person(null, BOB)));
        send(automatic);
        assertThat(transport.recipients).containsExactly(List.of(ANNA));
        assertThat(MimeReader.read(transport.mails.get(0)).root().headers().has("cc"))
                .isFalse();
    }

    @Test
    @DisplayName("a copy that the server refuses is left out, and the customer gets the mail once")
    void refusedCopyShouldNotKeepTheMailFromTheCustomer() {
        transport.refusing.putAll(Map.of(BOB, UNKNOWN, EVE, LATER));
        Outcome outcome =
                send(answer(List.of(), person(null, BOB), person(null, EVE), person(null, "kim@other.example")));
        assertThat(transport.delivered).containsExactly(List.of(ANNA, "kim@other.example"));
        assertThat(((Outcome.Sent) outcome).losses())
                .containsExactly(
                        BOB + " was left out: the mail server answered 550 5.1.1.",
                        EVE + " was left out: the mail server answered 450 4.2.1.");
    }

    @Test
    @DisplayName("the customer's own refusal counts, whatever is said of the copies")
    void refusedCustomerShouldDecide() {
        transport.refusing.putAll(Map.of(BOB, UNKNOWN, ANNA, LATER));
        assertThat(send(answer(List.of(), person(null, BOB)))).isInstanceOf(Outcome.Retry.class);
        transport.refusing.putAll(Map.of(BOB, LATER, ANNA, UNKNOWN));
        assertThat(send(answer(List.of(), person(null, BOB))))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.RECIPIENT_UNKNOWN));
        assertThat(transport.delivered).isEmpty();
    }

    private Outcome send(ToCustomer message) {
        return new Email().send(ACCOUNT, message, transport);
    }

    private static Participant person(@org.jspecify.annotations.Nullable String name, String address) {
        return new Participant(name, address);
    }

    private static ToCustomer answer(List<Participant> also, Participant... cc) {
        return new ToCustomer(
                "key-1",
                "m1",
                TestAccount.CONVERSATION,
                ANNA,
                List.of(new Part.Text("Hello")),
                null,
                "Hi",
                List.of(),
                "Max",
                false,
                also,
                List.of(cc));
    }
}
