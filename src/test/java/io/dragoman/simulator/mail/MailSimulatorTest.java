// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.channel.email.Email;
import io.dragoman.connector.Batch;
import io.dragoman.connector.mail.TestAccount;
import io.dragoman.connector.mail.TestTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
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
                    mail.drop("Subject: one more\r\n\r\nwords\r\n".getBytes(StandardCharsets.US_ASCII));
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

    @Test
    @DisplayName("a mail that came before the gateway's first look is taken, too")
    void settingsShouldReadMailThatCameBeforeTheFirstLook() throws Exception {
        try (MailSimulator mail = new MailSimulator(0, 0)) {
            mail.drop("Subject: early\r\n\r\nwords\r\n".getBytes(StandardCharsets.US_ASCII));
            String[] settings = mail.settings().entrySet().stream()
                    .flatMap(setting -> Stream.of(setting.getKey(), setting.getValue()))
                    .toArray(String[]::new);
            Batch batch = new Email()
                    .poll(
                            TestAccount.with(settings),
                            "",
                            new TestTransport(),
                            TestAccount.context(Duration.ofMillis(200)));
            assertThat(batch.requests()).hasSize(1);
        }
    }
}
