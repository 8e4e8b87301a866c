// SPDX-License-Identifier: Apache-2.0
package io.dragoman.mail;

import io.dragoman.connector.BrokenConnection;
import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.tls.CertificateRefused;
import io.dragoman.model.Reason;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Tells what a mail server refused from what got lost, out of the exceptions of the mail library. */
final class SmtpRefusal {
    private static final Pattern REPLY =
            Pattern.compile("^([45][0-9]{2})(?:[ -]([245]\\.[0-9]{1,3}\\.[0-9]{1,3})\\b)?");

    private SmtpRefusal() {}

    /** The server's refusal; of several the first for good, else the first. */
    static Optional<SmtpReply> of(Exception failure) {
        List<SmtpReply> replies = new ArrayList<>();
        for (Throwable cause : chain(failure)) {
            if (cause instanceof SMTPAddressFailedException refused) {
                reply(refused.getReturnCode(), refused.getMessage()).ifPresent(replies::add);
            } else if (cause instanceof SMTPSendFailedException refused) {
                reply(refused.getReturnCode(), refused.getMessage()).ifPresent(replies::add);
            } else if (cause instanceof AuthenticationFailedException refused) {
                reply(0, refused.getMessage()).ifPresent(replies::add);
            }
        }
        return replies.stream().filter(reply -> reply.code() >= 500).findFirst().or(() -> replies.stream()
                .findFirst());
    }

    /** The recipients that the server refused, each with its answer. */
    static Map<String, SmtpReply> recipients(Exception failure) {
        Map<String, SmtpReply> refused = new LinkedHashMap<>();
        for (Throwable cause : chain(failure)) {
            if (cause instanceof SMTPAddressFailedException one && one.getAddress() != null) {
                reply(one.getReturnCode(), one.getMessage())
                        .ifPresent(reply -> refused.put(one.getAddress().getAddress(), reply));
            }
        }
        return refused;
    }

    /**
     * A connection that was not made or broke; the exceptions' texts can hold addresses and stay here.
     *
     * @param tooMuch what the server sent too much of
     */
    static TransportFailure lost(String host, Exception failure, boolean written, Optional<String> tooMuch) {
        List<Throwable> chain = chain(failure);
        String detail = chain.stream()
                .flatMap(cause -> CertificateRefused.in(cause).stream())
                .findFirst()
                .orElse(host + ": " + tooMuch.orElse(BrokenConnection.words(failure)));
        boolean timeout = chain.stream().anyMatch(SocketTimeoutException.class::isInstance);
        if (written) {
            return TransportFailure.maybeSent(timeout ? Reason.TIMEOUT : Reason.PROVIDER_DOWN, detail);
        }
        boolean login = tooMuch.isEmpty() && chain.size() == 1 && failure instanceof AuthenticationFailedException;
        return TransportFailure.notSent(login ? Reason.AUTHENTICATION_FAILED : Reason.PROVIDER_DOWN, detail);
    }

    private static Optional<SmtpReply> reply(int code, @Nullable String text) {
        Matcher matcher = REPLY.matcher(text == null ? "" : text);
        if (matcher.find()) {
            return Optional.of(new SmtpReply(
                    Integer.parseInt(matcher.group(1)), matcher.group(2) == null ? "" : matcher.group(2)));
        }
        return code >= 400 && code <= 599 ? Optional.of(new SmtpReply(code, "")) : Optional.empty();
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Throwable cause = failure;
        while (cause != null && chain.size() < 200) { // many recipients, many exceptions
            chain.add(cause);
            cause = cause instanceof MessagingException mail && mail.getNextException() != null
                    ? mail.getNextException()
                    : cause.getCause();
        }
        return chain;
    }
}
