// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.TransportFailure;
import io.dragoman.mail.SmtpTransport;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.camel.impl.DefaultCamelContext;

/** A wire that hands over mail as the gateway does. Thread-safe. */
final class MailWire extends ContractTransport {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** How long a mail server is waited for that does not answer. */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    MailWire(Duration longest, Clock clock) {
        super(longest, clock);
    }

    @Override
    public SmtpReply smtp(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail)
            throws TransportFailure {
        try (DefaultCamelContext camel = new DefaultCamelContext();
                SmtpTransport smtp = new SmtpTransport(camel, CONNECT, ANSWER, clock())) {
            return smtp.send(server, envelopeFrom, to, mail, SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
