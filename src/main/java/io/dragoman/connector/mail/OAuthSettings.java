// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.Account;
import io.dragoman.connector.CertificateCredentials;
import io.dragoman.connector.ClientCredentials;
import io.dragoman.connector.KeyFile;
import io.dragoman.connector.OAuthLogin;
import io.dragoman.connector.RefreshGrant;
import io.dragoman.connector.Secret;
import io.dragoman.connector.ServiceAccountGrant;
import io.dragoman.connector.Setting;
import io.dragoman.connector.TokenGrant;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a mail account gets its access tokens: from Microsoft, Google or a server of the operator's. */
public final class OAuthSettings {
    static final Setting<Provider> PROVIDER = Setting.choice(
                    "oauth.provider",
                    "Who gives the access tokens: microsoft (Microsoft 365), google, or custom with a tokenUrl.",
                    Provider.class)
            .need();
    static final Setting<String> TENANT = Setting.text(
                    "oauth.tenant", "The Microsoft 365 tenant: its id, or a domain of it such as shop.example.")
            .matching("[A-Za-z0-9.-]+", "must be the tenant's id or domain");
    static final Setting<String> CLIENT_ID = Setting.text(
            "oauth.clientId",
            "The id of the application that is registered at the provider; a service account of Google's needs none.");
    static final Setting<Secret> CLIENT_SECRET =
            Setting.secret("oauth.clientSecret", "Its secret; a public client of Microsoft's has none.");
    static final Setting<KeyFile> KEY_FILE = KeyFile.setting(
            "oauth.keyFile",
            "In the place of a secret, for client-credentials: a file that its owner alone can read, with the private key"
                    + " and its certificate (PEM; microsoft, custom), or the JSON of a service account (google).");
    static final Setting<String> SUBJECT = Setting.text(
            "oauth.subject",
            "Whose mailbox a service account of Google's opens, by domain-wide delegation (default: address).");
    static final Setting<Flow> FLOW = Setting.choice(
            "oauth.flow",
            "Whose mailbox: refresh, that of a person who logs in once with ./dragoman login (default), or "
                    + "client-credentials, where an administrator gave the application the right to it: with a secret or"
                    + " a certificate (microsoft, custom) or as a service account (google).",
            Flow.class);
    static final Setting<String> SCOPE = Setting.text(
            "oauth.scope", "What the token for IMAP, POP3 and SMTP is for (default: what the provider calls it).");
    static final Setting<URI> TOKEN_URL =
            Setting.url("oauth.tokenUrl", "Where tokens come from (default: the provider's; needed for custom).");
    static final Setting<URI> DEVICE_URL = Setting.url(
            "oauth.deviceUrl",
            "Where ./dragoman login asks for a code to show (default: Microsoft's; Google offers none for mail).");
    static final Setting<URI> AUTHORIZE_URL = Setting.url(
            "oauth.authorizeUrl", "The page where a person allows it, without a deviceUrl (default: Google's).");
    static final Setting<Instant> EXPIRES_AT = Setting.day(
            "oauth.expiresAt",
            "The day on which clientSecret (or the login) ends, such as 2027-05-31: health warns two weeks before "
                    + "(default: the end of the certificate in keyFile).");

    private static final String MICROSOFT = "https://login.microsoftonline.com/";
    private static final String OFFLINE = "offline_access";

    /** The resource whose name ends Microsoft's mail permissions for persons. */
    private static final String OUTLOOK = "https://outlook.office.com/";

    private OAuthSettings() {}

    /** Who gives tokens. */
    enum Provider {
        MICROSOFT,
        GOOGLE,
        CUSTOM
    }

    /** In whose name. */
    enum Flow {
        REFRESH,
        CLIENT_CREDENTIALS
    }

    static List<Setting<?>> all() {
        return List.of(
                PROVIDER,
                TENANT,
                CLIENT_ID,
                CLIENT_SECRET,
                KEY_FILE,
                SUBJECT,
                FLOW,
                SCOPE,
                TOKEN_URL,
                DEVICE_URL,
                AUTHORIZE_URL,
                EXPIRES_AT);
    }

    static boolean isIn(Account account) {
        return account.find(PROVIDER).isPresent()
                && (account.find(CLIENT_ID).isPresent()
                        || account.find(KEY_FILE).isPresent());
    }

    /** What no single setting shows. */
    static void check(Account account, List<String> problems) {
        if (account.find(PROVIDER).isEmpty()) {
            return;
        }
        boolean google = account.get(PROVIDER) == Provider.GOOGLE;
        boolean own = flow(account) == Flow.CLIENT_CREDENTIALS;
        if (account.find(CLIENT_ID).isEmpty() && !(google && own)) {
            problems.add("oauth.clientId is missing: the id of the application that is registered at the provider");
        }
        if (tokenUrl(account).isEmpty()) {
            problems.add(
                    account.get(PROVIDER) == Provider.MICROSOFT
                            ? "oauth.tenant is missing: the id or a domain of your Microsoft 365 tenant"
                            : "oauth.tokenUrl is missing: where the provider gives tokens");
        }
        checkKey(account, google, own, problems);
    }

    private static void checkKey(Account account, boolean google, boolean own, List<String> problems) {
        Optional<KeyFile> key = account.find(KEY_FILE);
        boolean secret = account.find(CLIENT_SECRET).isPresent();
        if (!own) {
            if (key.isPresent() || account.find(SUBJECT).isPresent()) {
                problems.add("oauth.keyFile and oauth.subject need oauth.flow client-credentials: with refresh a person"
                        + " logs in");
            }
            return;
        }
        if (google && key.isEmpty()) {
            problems.add("oauth.keyFile is missing: client-credentials at google are a service account and its key");
        } else if (!google && key.isEmpty() && !secret) {
            problems.add("oauth.clientSecret or oauth.keyFile is missing: without it the application gets no token");
        }
        if (key.isPresent() && secret) {
            problems.add("oauth.clientSecret and oauth.keyFile are both there: the application proves itself by one");
        }
        if (google && key.isPresent() && key.get().email() == null) {
            problems.add("oauth.keyFile must be the JSON that Google gives for a key of the service account");
        }
        if (!google && key.isPresent() && key.get().certificate() == null) {
            problems.add("oauth.keyFile must hold the certificate too, which is registered at the provider");
        }
        if (!google && account.find(SUBJECT).isPresent()) {
            problems.add(
                    "oauth.subject is for google alone: elsewhere the user of imap, pop3 and smtp says whose mailbox");
        }
    }

    /** How an account gets tokens; empty when it logs in some other way or cannot work. */
    public static Optional<OAuthLogin.Client> client(Account account) {
        List<TokenGrant> grants = Stream.of(mail(account), sending(account))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return grants.isEmpty()
                ? Optional.empty()
                : Optional.of(new OAuthLogin.Client(
                        grants,
                        url(account, DEVICE_URL, "devicecode", null).orElse(null),
                        url(account, AUTHORIZE_URL, "authorize", "https://accounts.google.com/o/oauth2/v2/auth")
                                .orElse(null),
                        scope(account),
                        unused(account.get(PROVIDER)),
                        end(account)));
    }

    /** What logs in to the mail servers. */
    static Optional<TokenGrant> mail(Account account) {
        return isIn(account) ? grant(account, scope(account)) : Optional.empty();
    }

    /** What sends by the provider's API, with a permission of its own at Microsoft's. */
    static Optional<TokenGrant> sending(Account account) {
        SendMethod way = account.get(EmailSettings.SENDING);
        if (!isIn(account) || way == SendMethod.SMTP) {
            return Optional.empty();
        }
        if (way == SendMethod.GMAIL) {
            return mail(account);
        }
        String graph = MailApi.origin(account) + "/";
        return grant(
                account,
                flow(account) == Flow.CLIENT_CREDENTIALS ? graph + ".default" : graph + "Mail.Send " + OFFLINE);
    }

    private static Optional<TokenGrant> grant(Account account, String scope) {
        URI tokenUrl = tokenUrl(account).orElse(null);
        String clientId = account.find(CLIENT_ID).orElse("");
        Secret clientSecret = account.find(CLIENT_SECRET).orElse(null);
        if (tokenUrl == null) {
            return Optional.empty();
        }
        KeyFile key = account.find(KEY_FILE).orElse(null);
        if (key != null && flow(account) == Flow.CLIENT_CREDENTIALS) {
            return proven(account, tokenUrl, clientId, key, scope);
        }
        if (flow(account) == Flow.REFRESH) {
            return Optional.of(new RefreshGrant(account.id(), tokenUrl, clientId, clientSecret, scope));
        }
        return clientSecret == null
                ? Optional.empty()
                : Optional.of(new ClientCredentials(tokenUrl, clientId, clientSecret, scope));
    }

    /** By a signature; empty where the file does not have what that needs. */
    private static Optional<TokenGrant> proven(
            Account account, URI tokenUrl, String clientId, KeyFile key, String scope) {
        if (account.get(PROVIDER) == Provider.GOOGLE) {
            String subject = account.find(SUBJECT).orElse(account.get(EmailSettings.ADDRESS));
            return key.email() == null
                    ? Optional.empty()
                    : Optional.of(new ServiceAccountGrant(tokenUrl, key, subject, scope));
        }
        return key.certificate() == null
                ? Optional.empty()
                : Optional.of(new CertificateCredentials(tokenUrl, clientId, key, scope));
    }

    /** When what proves the application ends: as the operator says, else as its certificate does. */
    private static @Nullable Instant end(Account account) {
        return account.find(EXPIRES_AT)
                .or(() -> account.find(KEY_FILE)
                        .flatMap(key -> Optional.ofNullable(key.certificate()))
                        .map(certificate -> certificate.getNotAfter().toInstant()))
                .orElse(null);
    }

    private static Flow flow(Account account) {
        return account.find(FLOW).orElse(Flow.REFRESH);
    }

    private static Optional<URI> tokenUrl(Account account) {
        return url(account, TOKEN_URL, "token", "https://oauth2.googleapis.com/token");
    }

    /**
     * An endpoint: the one configured, else the provider's.
     *
     * @param microsoft its last segment at Microsoft's
     * @param google null where Google has none
     */
    private static Optional<URI> url(Account account, Setting<URI> setting, String microsoft, @Nullable String google) {
        return account.find(setting).or(() -> switch (account.get(PROVIDER)) {
            case MICROSOFT ->
                account.find(TENANT).map(tenant -> URI.create(MICROSOFT + tenant + "/oauth2/v2.0/" + microsoft));
            case GOOGLE -> Optional.ofNullable(google).map(URI::create);
            case CUSTOM -> Optional.empty();
        });
    }

    private static String scope(Account account) {
        return account.find(SCOPE).orElseGet(() -> switch (account.get(PROVIDER)) {
            case MICROSOFT ->
                flow(account) == Flow.CLIENT_CREDENTIALS
                        ? "https://outlook.office365.com/.default"
                        : microsoft(account);
            case GOOGLE -> "https://mail.google.com/";
            case CUSTOM -> "";
        });
    }

    private static String microsoft(Account account) {
        List<String> scopes = new ArrayList<>();
        scopes.add(OUTLOOK + (EmailSettings.IMAP.isIn(account) ? "IMAP" : "POP") + ".AccessAsUser.All");
        if (account.get(EmailSettings.SENDING) == SendMethod.SMTP) {
            scopes.add(OUTLOOK + "SMTP.Send");
        }
        scopes.add(OFFLINE);
        return String.join(" ", scopes);
    }

    /** How long a refresh token lives unused: Microsoft documents 90 days, Google six months. */
    private static @Nullable Duration unused(Provider provider) {
        return switch (provider) {
            case MICROSOFT -> Duration.ofDays(90);
            case GOOGLE -> Duration.ofDays(180);
            case CUSTOM -> null;
        };
    }
}
