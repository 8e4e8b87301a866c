// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.connector.Account;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The channel with a real ejabberd. */
@Timeout(120)
final class EjabberdTest implements XmppDisconnectContract {
    private static XmppServer server;

    @BeforeAll
    static void start() throws Exception {
        if (!Ejabberd.isInstalled()) {
            System.err.println("######## NOT TRIED ON A REAL EJABBERD: install ejabberd ########");
        }
        Assumptions.assumeTrue(Ejabberd.isInstalled(), "no ejabberd");
        server = new Ejabberd();
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

    /** What the replaced session still had is routed once more, behind what came for the new one: in the archive as well. */
    @Override
    public boolean keepsOrder() {
        return false;
    }

    @Test
    void aServerWithoutEncryptionShouldNotBeLoggedInTo() {
        Account account = account("shop-a", server.port, "tls", "true");
        TransportFailure failure = catchThrowableOfType(TransportFailure.class, () -> new Xmpp()
                .poll(account, "", new PlainTransport(), new TestPollContext()));
        assertThat(failure.detail()).isEqualTo("the XMPP server offers no TLS");
    }
}
