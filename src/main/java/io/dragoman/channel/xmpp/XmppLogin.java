// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.BrokenConnection;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.tls.CertificateRefused;
import io.dragoman.connector.tls.TrustContext;
import io.dragoman.model.Ignored;
import io.dragoman.model.Reason;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackException.EndpointConnectionException;
import org.jivesoftware.smack.SmackException.NoEndpointsDiscoveredException;
import org.jivesoftware.smack.SmackException.NoResponseException;
import org.jivesoftware.smack.SmackException.SecurityRequiredException;
import org.jivesoftware.smack.SmackException.SmackCertificateException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.XMPPException.StreamErrorException;
import org.jivesoftware.smack.sasl.SASLErrorException;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Localpart;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;

/** Opens a stream: connection, TLS for the account's domain, login, stream management. */
final class XmppLogin {
    /** Smack logs what it does not understand, with all its words. Held, lest the setting is lost with the logger. */
    private static final Logger SMACK = Logger.getLogger("org.jivesoftware.smack");

    /** Conditions of RFC 6120, 6.5 by which password or account is wrong. */
    private static final Set<String> REFUSED =
            Set.of("not-authorized", "account-disabled", "credentials-expired", "invalid-authzid", "malformed-request");

    static {
        SMACK.setLevel(Level.OFF);
    }

    private XmppLogin() {}

    static XmppStream open(Account account, MessageFilter filter, XmppStream.Visitors visitors)
            throws TransportFailure {
        XmppStream stream = new XmppStream(configuration(account), filter, visitors);
        stream.setReplyTimeout(account.get(XmppSettings.TIMEOUT).toMillis());
        try {
            stream.connect();
            stream.login();
            if (!stream.isSmEnabled()) {
                throw TransportFailure.notSent(
                        Reason.UNSUPPORTED,
                        "the server has no stream management (XEP-0198), without which nothing tells what was lost");
            }
            String resource = String.valueOf(stream.getUser().getResourcepart());
            if (!resource.equals(account.get(XmppSettings.RESOURCE))) {
                throw TransportFailure.notSent( // our own messages could not be told from those of other programs
                        Reason.UNSUPPORTED, "the server does not let the account have the resource that is configured");
            }
            return stream;
        } catch (TransportFailure e) {
            stream.close();
            throw e;
        } catch (Exception e) {
            stream.close();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw failure(e);
        }
    }

    private static XMPPTCPConnectionConfiguration configuration(Account account) {
        boolean tls = account.get(XmppSettings.TLS);
        try {
            var jid = JidCreate.entityBareFrom(account.get(XmppSettings.JID));
            Localpart user = jid.getLocalpart();
            var builder = XMPPTCPConnectionConfiguration.builder()
                    .setXmppDomain(jid.asDomainBareJid())
                    .setUsernameAndPassword(
                            user, account.get(XmppSettings.PASSWORD).value())
                    .setResource(Resourcepart.from(account.get(XmppSettings.RESOURCE)))
                    .setConnectTimeout((int) account.get(XmppSettings.TIMEOUT).toMillis())
                    .setSendPresence(false)
                    .setCompressionEnabled(false)
                    .setSecurityMode(tls ? SecurityMode.required : SecurityMode.disabled)
                    .setCustomX509TrustManager(
                            TrustContext.check(account.trust())) // a context it would initialise anew
                    .setHostnameVerifier(new DefaultHostnameVerifier());
            account.find(XmppSettings.HOST)
                    .ifPresent(host -> builder.setHost((CharSequence) host).setPort(account.get(XmppSettings.PORT)));
            return builder.build();
        } catch (XmppStringprepException e) {
            throw new IllegalStateException("checking must refuse the jid");
        }
    }

    /** What an exception of Smack's means, without its words, which may hold addresses. */
    static TransportFailure failure(Exception problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SASLErrorException refused) {
                return refused(
                        Ignored.word(String.valueOf(refused.getSASLFailure().getSASLErrorString())));
            } else if (cause instanceof NoResponseException) {
                return TransportFailure.notSent(Reason.TIMEOUT, "the XMPP server did not answer in time");
            } else if (cause instanceof SecurityRequiredException) {
                return down("offers no TLS");
            } else if (cause instanceof CertificateException || cause instanceof SmackCertificateException) {
                return down("has no certificate of the account's domain that is trusted: "
                        + CertificateRefused.in(problem).orElse("it is another domain's"));
            } else if (cause instanceof StreamErrorException ended) {
                return ended(ended);
            } else if (cause instanceof XMPPException.XMPPErrorException refused) {
                return down("refused the login with the error "
                        + Ignored.word(String.valueOf(refused.getStanzaError().getCondition())));
            }
        }
        boolean noEndpoint = problem instanceof EndpointConnectionException several
                ? several.getConnectionExceptions().isEmpty()
                : problem instanceof NoEndpointsDiscoveredException;
        if (noEndpoint) {
            return down("was not found: DNS knows no such host; write host");
        }
        return down("could not be reached: " + BrokenConnection.words(connecting(problem)));
    }

    private static TransportFailure refused(String condition) {
        String detail = "the XMPP server refused the login with " + condition;
        return REFUSED.contains(condition)
                ? TransportFailure.loginRefused(detail + "; correct jid and password")
                : TransportFailure.notSent(Reason.PROVIDER_DOWN, detail);
    }

    private static TransportFailure ended(StreamErrorException ended) {
        String condition = Ignored.word(
                String.valueOf(ended.getStreamError().getCondition()).replace('_', '-'));
        return condition.equals("conflict")
                ? TransportFailure.loginRefused("the XMPP server ended the stream: another program logged in with the"
                        + " same resource; give each its own")
                : down("ended the stream with the error " + condition);
    }

    /** The last address that was tried. */
    private static Throwable connecting(Exception problem) {
        if (problem instanceof EndpointConnectionException several
                && !several.getConnectionExceptions().isEmpty()) {
            int last = several.getConnectionExceptions().size() - 1;
            return several.getConnectionExceptions().get(last).getException();
        }
        return problem;
    }

    private static TransportFailure down(String what) {
        return TransportFailure.notSent(Reason.PROVIDER_DOWN, "the XMPP server " + what);
    }
}
