// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The same mail is one event however often it is found; another mail is another, whatever it calls itself. */
final class EventKeyTest {
    private static final String MAIL = """
            Message-ID: <1@x>
            Date: Fri, 20 Nov 2026 09:30:00 +0100
            From: a@x
            Subject: Hello

            first line
            last line
            """;

    @Test
    void aServersOwnChangesDoNotCount() {
        String received = "Received: by mx2; later\nX-Spam-Score: 1\n" + MAIL;
        assertThat(key(received)).isEqualTo(key(MAIL));
        assertThat(key(MAIL.replace("\n", "\r\n"))).isEqualTo(key(MAIL));
        assertThat(key(MAIL + "\n\n")).isEqualTo(key(MAIL));
        assertThat(key(MAIL.replace("Subject: Hello", "Subject:\n Hello"))).isEqualTo(key(MAIL));
    }

    @Test
    void aReusedMessageIdHidesNothing() {
        assertThat(key(MAIL.replace("last", "other"))).isNotEqualTo(key(MAIL));
        assertThat(key(MAIL.replace("a@x", "b@x"))).isNotEqualTo(key(MAIL));
        assertThat(key(MAIL.replace("Hello", "Bye"))).isNotEqualTo(key(MAIL));
    }

    @Test
    void aFormThatSendsTheSameTwiceSendsTwoMails() {
        String form = "From: form@x\nSubject: Order\n\nsame words\n";
        assertThat(key("Received: id 1\n" + form)).isNotEqualTo(key("Received: id 2\n" + form));
        assertThat(key("Received: id 1\n" + form)).isEqualTo(key("Received: id 1\n" + form));
    }

    private static String key(String mail) {
        return TestAccount.read(mail.getBytes(StandardCharsets.UTF_8)).get(0).key();
    }
}
