// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.mail.MimeReader;
import io.dragoman.connector.mail.TestAccount;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Courier's servers make of mails. */
final class CourierTest {
    private static final List<String> MAIL = List.of(
            "From: Ana <ana@customer.example>",
            "To: support@shop.example",
            "Subject: grüße",
            "Message-ID: <one@customer.example>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "",
            "first line",
            "second line",
            "",
            "last line");

    private static MessageReceived read(String mail) {
        return (MessageReceived)
                TestAccount.read(mail.getBytes(StandardCharsets.UTF_8)).get(0);
    }

    @Test
    void doubledLineEndsAreOne() {
        MessageReceived doubled = read(String.join("\r\r\n", MAIL) + "\r\r\n");
        assertThat(doubled.parts())
                .isEqualTo(read(String.join("\r\n", MAIL) + "\r\n").parts());
        assertThat(((Part.Text) doubled.parts().get(0)).text()).isEqualTo("first line\nsecond line\n\nlast line");
        assertThat(doubled.sender().address()).isEqualTo("ana@customer.example");
    }

    @Test
    void doubledLineEndsAreOneInEveryCodingAndPart() {
        String mail = String.join(
                "\r\n",
                "From: Ana <ana@customer.example>",
                "Subject: a folded",
                " subject",
                "MIME-Version: 1.0",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
                "",
                "one long =",
                "line",
                "another",
                "--b",
                "Content-Type: text/csv; name=a.csv",
                "Content-Disposition: attachment; filename=a.csv",
                "",
                "a;b",
                "1;2",
                "--b--",
                "");
        MessageReceived doubled = read(mail.replace("\r\n", "\r\r\n"));
        assertThat(doubled.parts().get(0)).isEqualTo(read(mail).parts().get(0));
        assertThat(((Part.Text) doubled.parts().get(0)).text()).isEqualTo("one long line\nanother");
        assertThat(doubled.threading().subject()).isEqualTo("a folded subject");
        byte[] file = MimeReader.read(mail.replace("\r\n", "\r\r\n").getBytes(StandardCharsets.US_ASCII))
                .root()
                .children()
                .get(1)
                .content(100);
        assertThat(new String(file, StandardCharsets.US_ASCII)).isEqualTo("a;b\r\n1;2");
    }

    @Test
    void theNoticeInsteadOfAMailIsTakenForTheMailInside() {
        MessageReceived wrapped = read(String.join(
                "\r\n",
                "From: postmaster@mail.shop.example",
                "Subject: Cannot display Unicode content",
                "MIME-Version: 1.0",
                "Content-Type: multipart/mixed; boundary=\"=_courier\"",
                "",
                "--=_courier",
                "Content-Type: text/plain; charset=utf-8",
                "",
                "This message cannot be displayed because your E-mail program does not support Unicode.",
                "--=_courier",
                "Content-Type: message/global",
                "Content-Transfer-Encoding: 8bit",
                "",
                String.join("\r\n", MAIL),
                "--=_courier--",
                ""));
        assertThat(wrapped.sender().address()).isEqualTo("ana@customer.example");
        assertThat(wrapped.threading().subject()).isEqualTo("grüße");
        assertThat(wrapped.automatic()).isNull();
        assertThat(((Part.Text) wrapped.parts().get(0)).text()).startsWith("first line");
    }

    @Test
    void aPersonWhoPassesSuchANoticeOnIsWhoWrote() {
        MessageReceived passed = read(String.join(
                "\r\n",
                "From: bob@customer.example",
                "Subject: Fwd: Cannot display Unicode content",
                "MIME-Version: 1.0",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                "what is this?",
                "--b",
                "Content-Type: message/global",
                "",
                String.join("\r\n", MAIL),
                "--b--",
                ""));
        assertThat(passed.sender().address()).isEqualTo("bob@customer.example");
    }
}
