// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.connector.Account;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The channel with a real Prosody. */
@Timeout(120)
final class ProsodyTest implements XmppDisconnectContract, XmppRoomContract {
    private static XmppServer server;

    @BeforeAll
    static void start() throws Exception {
        if (!Prosody.isInstalled()) {
            System.err.println("######## NOT TRIED ON A REAL PROSODY: install prosody ########");
        }
        Assumptions.assumeTrue(Prosody.isInstalled(), "no prosody");
        server = new Prosody();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public XmppServer server() {
        return server;
    }

    @Override
    public boolean keepsOrder() {
        return true;
    }

    @Test
    void encryptedStreamsShouldNeedACertificateOfTheDomain() {
        String ca = server.authority.toString();
        try (XmppLine line = new XmppLine(encrypted("shop-a@chat.test", "tls.ca", ca)).online()) {
            assertThat(line.failures).isEmpty();
        }
        assertThat(failure(encrypted("shop-a@chat.test")))
                .contains("was issued by Shop Root, which is not trusted; set tls.ca to the PEM file");
        assertThat(failure(encrypted("shop-a@wrong.test", "tls.ca", ca)))
                .contains("no certificate of the account's domain", "another domain's");
    }

    private Account encrypted(String jid, String... more) {
        List<String> all = new ArrayList<>(List.of("tls", "true", "jid", jid));
        all.addAll(List.of(more));
        return account("shop-a", server.port, all.toArray(String[]::new));
    }

    private static String failure(Account account) {
        return catchThrowableOfType(TransportFailure.class, () -> new Xmpp()
                        .poll(account, "", new PlainTransport(), new TestPollContext()))
                .detail();
    }
}
