// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.Secret;
import io.dragoman.connector.TokenGrant;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.connector.Transport.SmtpServer;
import io.dragoman.connector.Transport.Tls;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server and how to log in.
 *
 * @param group {@code imap}, {@code pop3} or {@code smtp}
 * @param token an access token; null for none
 * @param tokenFile where an access token stands; null for none
 * @param grant how access tokens are got; null for none
 */
public record MailServer(
        String group,
        String host,
        int port,
        Tls tls,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable Secret token,
        @Nullable String tokenFile,
        @Nullable TokenGrant grant) {

    static int usualPort(String group, Tls tls) {
        return switch (group) {
            case "imap" -> tls == Tls.TRUE ? 993 : 143;
            case "pop3" -> tls == Tls.TRUE ? 995 : 110;
            default -> tls == Tls.TRUE ? 465 : tls == Tls.START ? 587 : 25;
        };
    }

    /** Whether the secret is an OAuth 2 access token. */
    public boolean usesToken() {
        return token != null || tokenFile != null || grant != null;
    }

    /** Whether user and password need no more than ASCII. A token goes out in Base64, with its user. */
    boolean isInAscii() {
        return isAscii(user) && (password == null || isAscii(password.value()));
    }

    static boolean isAscii(@Nullable String text) {
        return text == null || text.chars().allMatch(one -> one < 0x80);
    }

    /**
     * The password or the access token of this moment; a token lives for about an hour, so its file is read anew. None of
     * a grant: see {@link #withSecret}.
     */
    @Nullable
    public Secret secret() throws TransportFailure {
        if (tokenFile == null) {
            return token != null ? token : password;
        }
        try {
            String text = Files.readString(Path.of(tokenFile)).trim();
            if (text.isEmpty() || text.length() > 16_384 || HeaderText.breaks(text)) {
                throw TransportFailure.notSent(
                        Reason.AUTHENTICATION_FAILED, group + ".tokenFile holds no access token");
            }
            return new Secret(text);
        } catch (IOException | InvalidPathException e) {
            throw TransportFailure.notSent(Reason.AUTHENTICATION_FAILED, group + ".tokenFile cannot be read");
        }
    }

    /** The same that logs in by a grant, where there is a user and nothing else to log in with. */
    MailServer or(Optional<TokenGrant> other) {
        return user == null || password != null || usesToken()
                ? this
                : new MailServer(group, host, port, tls, user, null, null, null, other.orElse(null));
    }

    /** The same with the access token of this moment in the place of where it comes from. */
    MailServer withSecret(Transport transport) throws TransportFailure {
        return grant != null
                ? with(transport.tokens().token(grant, transport))
                : tokenFile == null ? this : with(secret());
    }

    private MailServer with(@Nullable Secret now) {
        return new MailServer(group, host, port, tls, user, null, now, null, null);
    }

    /** Something that begins with a login. */
    @FunctionalInterface
    public interface Session<T> {
        T by(MailServer server) throws TransportFailure;
    }

    /** Logs in; again, with a new token of the grant, when the server refused the first. */
    public <T> T loggedIn(Transport transport, Session<T> session) throws TransportFailure {
        MailServer now = withSecret(transport);
        try {
            return session.by(now);
        } catch (TransportFailure e) {
            if (grant == null || now.token == null || !e.isLoginRefused()) {
                throw e;
            }
            return session.by(with(transport.tokens().renewed(grant, transport, now.token)));
        }
    }

    /** Hands over a mail; again, with a new token of the grant, when the server refused the first: then it took none. */
    public SmtpReply handOver(Transport transport, String from, List<String> to, byte[] mail) throws TransportFailure {
        MailServer now = withSecret(transport);
        SmtpReply reply = transport.smtp(now.smtp(), from, to, mail);
        return grant == null || now.token == null || !ErrorTable.isLoginRefused(reply)
                ? reply
                : transport.smtp(
                        with(transport.tokens().renewed(grant, transport, now.token))
                                .smtp(),
                        from,
                        to,
                        mail);
    }

    /** The same for sending. */
    SmtpServer smtp() throws TransportFailure {
        return new SmtpServer(host, port, tls, user, secret(), usesToken());
    }

    @Override
    public String toString() {
        return "MailServer[" + group + ", " + host + ":" + port + "]";
    }
}
