// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Request;
import io.dragoman.contract.CheckResult;
import io.dragoman.contract.Contract;
import io.dragoman.contract.ReadSample;
import io.dragoman.contract.ScoreCard;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract with a mail of an agent, which no simulator can write: its address needs a token of ours. */
final class EmailDeskContractTest {
    private static final String SECRET = "canary-of-the-token-secret";
    private static final String PASSWORD = "canary-of-the-password";

    @Test
    void deskShouldPassTheContractOfReading() {
        ScoreCard card = Contract.run(new AgentMail());
        assertThat(card.results()).noneMatch(result -> result.state() == CheckResult.State.FAILED);
        assertThat(card.groups().get("reading").passed()).isGreaterThan(5);
    }

    /** An agent answers. */
    private static final class AgentMail implements ReadSample {
        @Override
        public Connector connector() {
            return new EmailDesk();
        }

        @Override
        public Account account(URI provider) {
            return MailDeskAccount.with("tokenSecret", SECRET, "imap.password", PASSWORD);
        }

        @Override
        public List<String> secrets() {
            return List.of(SECRET, PASSWORD);
        }

        @Override
        public byte[] recorded() {
            return MailDeskAccount.mail(MailDeskAccount.address(account()), "Subject: Re: x", "", CANARY)
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Request signed(byte[] body) {
            return Request.polled("INBOX/7/1", body, clock().instant());
        }

        @Override
        public List<String> lanes() {
            return List.of(MailDeskAccount.CONVERSATION, MailDeskAccount.CONVERSATION);
        }
    }
}
