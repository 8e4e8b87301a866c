// SPDX-License-Identifier: Apache-2.0
package io.dragoman.mail;

import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.connector.Transport.SmtpServer;
import io.dragoman.connector.Transport.Tls;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.mail.AnswerLimit;
import io.dragoman.connector.mail.MailSockets;
import io.dragoman.model.Reason;
import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.component.mail.MailEndpoint;
import org.jspecify.annotations.Nullable;

/** SMTP through camel-mail: one mail, one connection; all recipients or none. Thread-safe. */
public final class SmtpTransport implements AutoCloseable {
    /** No server's answer to one command comes near it: RFC 5321 §4.5.3.1.5 allows a line 512 bytes. */
    private static final long LARGEST_ANSWER = 1_000_000;

    private final CamelContext camel;
    private final Duration connect;
    private final Duration timeout;
    /** Ends writes that go on for ever. */
    private final ScheduledExecutorService timer;

    private final RefusedLogins logins;

    /**
     * @param connect how long to wait for a connection
     * @param timeout how long to wait for each answer
     */
    public SmtpTransport(CamelContext camel, Duration connect, Duration timeout, Clock clock) {
        this.camel = camel;
        this.connect = connect;
        this.timeout = timeout;
        this.logins = new RefusedLogins(clock);
        this.timer = camel.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "smtp-deadlines");
    }

    /**
     * Hands over one mail: the server's last word.
     *
     * @param tls whom to trust
     * @throws TransportFailure when the connection could not be made or broke
     */
    public SmtpReply send(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail, SSLContext tls)
            throws TransportFailure {
        if (to.isEmpty()
                || !to.stream().allMatch(SmtpTransport::isPlain)
                || !(envelopeFrom.isEmpty() || isPlain(envelopeFrom))) {
            return new SmtpReply(501, "5.1.3"); // what a server says of an address that is none
        }
        return logins.attempt(server, () -> handOver(server, message(server, envelopeFrom, to, mail), tls));
    }

    private SmtpReply handOver(SmtpServer server, OutgoingMail message, SSLContext tls) throws TransportFailure {
        MailSockets sockets = new MailSockets(new AnswerLimit(LARGEST_ANSWER));
        Exception failure = produce(server, message, properties(server, sockets, tls));
        if (failure == null) {
            return new SmtpReply(250, "");
        }
        Optional<SmtpReply> refusal = SmtpRefusal.of(failure);
        if (refusal.isPresent()) {
            SmtpReply reply = refusal.get();
            return message.getAllRecipients().length == 1
                    ? reply
                    : new SmtpReply(reply.code(), reply.enhanced(), SmtpRefusal.recipients(failure));
        }
        throw SmtpRefusal.lost(server.host(), failure, message.written(), sockets.problem());
    }

    private static OutgoingMail message(SmtpServer server, String from, List<String> to, byte[] mail)
            throws TransportFailure {
        try {
            return new OutgoingMail(from, to, mail);
        } catch (MessagingException e) {
            throw TransportFailure.notSent(Reason.CONTENT_REFUSED, server.host() + ": the mail cannot be read");
        }
    }

    /** Runs an exchange with this body and nothing else through a producer of this server's, then drops both. */
    private @Nullable Exception produce(SmtpServer server, OutgoingMail message, Properties properties) {
        MailEndpoint endpoint =
                new MailEndpoint("smtp:transport", new MailComponent(camel), configuration(server, properties));
        endpoint.setCamelContext(camel);
        try (AsyncProducer producer = (AsyncProducer) endpoint.createProducer()) {
            Exchange exchange = endpoint.createExchange();
            exchange.getIn().setBody(message);
            AsyncCallback done = sync -> {};
            producer.start();
            producer.process(exchange, done); // camel-mail is done when it returns
            return exchange.getException();
        } catch (Exception e) {
            return e;
        }
    }

    private static MailConfiguration configuration(SmtpServer server, Properties properties) {
        MailConfiguration configuration = new MailConfiguration();
        configuration.configureProtocol("smtp");
        configuration.setHost(server.host());
        configuration.setPort(server.port());
        if (server.user() != null) {
            configuration.setUsername(server.user());
        }
        if (server.password() != null) {
            configuration.setPassword(server.password().value());
        }
        configuration.setJavaMailProperties(properties);
        return configuration;
    }

    /** Every property that matters, so that neither headers nor the system's properties decide. */
    private Properties properties(SmtpServer server, MailSockets sockets, SSLContext tls) {
        Properties properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", Long.toString(connect.toMillis()));
        properties.put("mail.smtp.timeout", Long.toString(timeout.toMillis()));
        properties.put("mail.smtp.writetimeout", Long.toString(timeout.toMillis()));
        properties.put("mail.smtp.executor.writetimeout", timer);
        properties.put("mail.smtp.auth", Boolean.toString(server.user() != null));
        properties.put("mail.smtp.auth.mechanisms", server.token() ? "XOAUTH2" : "PLAIN LOGIN");
        properties.put("mail.smtp.ssl.enable", Boolean.toString(server.tls() == Tls.TRUE));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.socketFactory", sockets);
        properties.put("mail.smtp.ssl.socketFactory", sockets.over(tls.getSocketFactory()));
        properties.put(
                "mail.smtp.socketFactory.fallback", "false"); // or whom we do not trust is tried with Java's trust
        properties.put("mail.smtp.starttls.enable", Boolean.toString(server.tls() == Tls.START));
        properties.put("mail.smtp.starttls.required", Boolean.toString(server.tls() == Tls.START));
        properties.put("mail.smtp.sendpartial", "false"); // a second try must find nobody served already
        properties.put("mail.smtp.quitwait", "false"); // 250 was the last word
        return properties;
    }

    /** One word of ASCII: nothing that could start another SMTP command, parameter or mailbox. */
    private static boolean isPlain(String address) {
        return address.indexOf('@') > 0
                && address.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>' && c != ',');
    }

    @Override
    public void close() {
        camel.getExecutorServiceManager().shutdownNow(timer);
    }
}
