// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport.SmtpServer;
import io.dragoman.connector.Transport.Tls;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A server and how to log in.
 *
 * @param group {@code imap}, {@code pop3} or {@code smtp}
 * @param token an access token; null for none
 * @param tokenFile where an access token stands; null for none
 */
record MailServer(
        String group,
        String host,
        int port,
        Tls tls,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable Secret token,
        @Nullable String tokenFile) {

    static int usualPort(String group, Tls tls) {
        return switch (group) {
            case "imap" -> tls == Tls.TRUE ? 993 : 143;
            case "pop3" -> tls == Tls.TRUE ? 995 : 110;
            default -> tls == Tls.TRUE ? 465 : tls == Tls.START ? 587 : 25;
        };
    }

    /** Whether the secret is an OAuth 2 access token. */
    boolean usesToken() {
        return token != null || tokenFile != null;
    }

    /** The password or the access token of this moment; a token lives for about an hour, so its file is read anew. */
    @Nullable
    Secret secret() throws TransportFailure {
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

    /** The same with the secret of this moment in the place of a file: equal to another only while both log in alike. */
    MailServer withSecret() throws TransportFailure {
        return tokenFile == null ? this : new MailServer(group, host, port, tls, user, null, secret(), null);
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
