// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.StoredBlob;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/** A door out that keeps bytes in memory and speaks SMTP for real. */
public final class TestTransport implements Transport {
    public final Map<String, byte[]> kept = new HashMap<>();
    public final List<byte[]> mails = new ArrayList<>();
    public final List<String> envelopes = new ArrayList<>();

    public final List<List<String>> recipients = new ArrayList<>();
    /** The recipients that are refused, as by a server that takes a mail for all or for none. */
    public final Map<String, SmtpReply> refusing = new HashMap<>();
    /** The recipients of each mail that such a server took. */
    public final List<List<String>> delivered = new ArrayList<>();

    /** What is answered to the next mails, before {@link #scripted}. */
    public final Deque<SmtpReply> replies = new ArrayDeque<>();

    @Nullable
    public SmtpReply scripted;

    @Nullable
    public TransportFailure broken;

    @Override
    public Response http(HttpCall call) {
        throw new UnsupportedOperationException("mail makes no HTTP request");
    }

    @Override
    public Download download(HttpCall call, long largest) {
        throw new UnsupportedOperationException("mail makes no HTTP request");
    }

    @Override
    public StoredBlob keep(InputStream bytes, String mimeType) throws IOException {
        byte[] all = bytes.readAllBytes();
        String id = EventKey.digest(all);
        kept.put(id, all);
        return new StoredBlob(id, all.length, mimeType);
    }

    @Override
    public InputStream open(String mediaId) throws IOException {
        byte[] bytes = kept.get(mediaId);
        if (bytes == null) {
            throw new IOException("no such media");
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public Clock clock() {
        return Clock.fixed(TestAccount.NOW, ZoneOffset.UTC);
    }

    @Override
    public SmtpReply smtp(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail)
            throws TransportFailure {
        mails.add(mail);
        envelopes.add(envelopeFrom);
        recipients.add(to);
        if (broken != null) {
            throw broken;
        }
        if (!refusing.isEmpty()) {
            return allOrNone(to);
        }
        if (!replies.isEmpty()) {
            return replies.remove();
        }
        return scripted != null ? scripted : handOver(server, envelopeFrom, to, mail);
    }

    private SmtpReply allOrNone(List<String> to) {
        Map<String, SmtpReply> refused = new HashMap<>(refusing);
        refused.keySet().retainAll(to);
        if (refused.isEmpty()) {
            delivered.add(to);
            return new SmtpReply(250, "");
        }
        SmtpReply first = refused.values().iterator().next();
        return new SmtpReply(first.code(), first.enhanced(), to.size() == 1 ? Map.of() : refused);
    }

    private static SmtpReply handOver(SmtpServer server, String from, List<String> to, byte[] mail)
            throws TransportFailure {
        Properties properties = new Properties();
        properties.put("mail.smtp.timeout", "5000");
        properties.put("mail.smtp.connectiontimeout", "5000");
        Session session = Session.getInstance(properties);
        try (SMTPTransport transport = (SMTPTransport) session.getTransport("smtp")) {
            SMTPMessage message = new SMTPMessage(new MimeMessage(session, new ByteArrayInputStream(mail)));
            message.setEnvelopeFrom(from.isEmpty() ? "<>" : from);
            transport.connect(
                    server.host(),
                    server.port(),
                    server.user(),
                    server.password() == null ? null : server.password().value());
            transport.sendMessage(message, InternetAddress.parse(String.join(",", to)));
            return new SmtpReply(transport.getLastReturnCode(), "");
        } catch (MessagingException e) {
            if (e.getNextException() instanceof SMTPAddressFailedException refused) {
                return new SmtpReply(refused.getReturnCode(), "");
            }
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "the test server failed");
        }
    }
}
