// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailSimulatorTest {
    private static final int MAILS = 300;

    @Test
    @DisplayName("a mailbox can be looked at while mail comes in")
    void mailboxShouldBeReadableWhileMailComesIn() {
        try (MailSimulator mail = new MailSimulator(0, 0)) {
            CompletableFuture<Void> coming = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < MAILS; i++) {
                    mail.drop(
                            "Subject: one more\r\n\r\nwords\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                }
            });
            int seen = 0;
            while (!coming.isDone()) {
                int now = mail.mailbox(MailSimulator.ADDRESS).size();
                assertThat(now).isGreaterThanOrEqualTo(seen);
                seen = now;
            }
            coming.join();
            assertThat(mail.mailbox(MailSimulator.ADDRESS)).hasSize(MAILS);
        }
    }
}
