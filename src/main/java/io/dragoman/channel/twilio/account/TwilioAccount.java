// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio.account;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Part;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An account at Twilio: its settings, what is wrong with them, and calls in its name. */
public final class TwilioAccount {
    public static final Setting<String> ACCOUNT_SID = Setting.text(
                    "accountSid", "The account, AC…, from the first page of the Twilio console.")
            .need();
    public static final Setting<Secret> AUTH_TOKEN = Setting.secret(
            "authToken",
            "The account's Auth Token, from the same page; it signs the webhooks whatever key calls Twilio.");
    public static final Setting<Secret> SECONDARY_AUTH_TOKEN = Setting.secret(
                    "secondaryAuthToken", "A second Auth Token to accept signatures of, while tokens are rotated.")
            .besides(AUTH_TOKEN);
    public static final Setting<Secret> SHARED_KEY_SECRET = Setting.secret(
            "sharedKeySecret",
            "The secret of the shared key that signs the webhooks, where the account uses one instead of the Auth Token.");
    public static final Setting<Secret> API_KEY =
            Setting.secret("apiKey", "An API key, SK…, to call Twilio with instead of the Auth Token.");
    public static final Setting<Secret> API_SECRET = Setting.secret("apiSecret", "The secret of the API key.");
    public static final Setting<URI> BASE_URL =
            Setting.url("baseUrl", "Where Twilio's API is.").or("https://api.twilio.com");

    private TwilioAccount() {}

    /** The address of one of the account's resources, such as {@code /Messages.json}. */
    public static String resource(Account account, String path) {
        return account.get(BASE_URL) + "/2010-04-01/Accounts/" + account.get(ACCOUNT_SID) + path;
    }

    /** The same call with the account's credentials, to an address that the operator vouches for. */
    public static HttpCall authorized(Account account, HttpCall call) {
        Optional<Secret> key = account.find(API_KEY);
        HttpCall signed = key.isPresent()
                ? call.basic(key.get().value(), account.get(API_SECRET))
                : call.basic(account.get(ACCOUNT_SID), account.get(AUTH_TOKEN));
        return signed.trusting(account.get(BASE_URL));
    }

    /**
     * Fetches a media item or recording. They lie behind the account's credentials and a redirect; nobody but Twilio is
     * shown them.
     *
     * @param largest in bytes
     * @param refused what an answer means that is not 2xx
     */
    public static Outcome fetch(
            Account account, Part.Media media, long largest, Transport transport, Function<Response, Outcome> refused) {
        Optional<URI> source = MediaDownload.address(media.source());
        if (source.isEmpty()) {
            return MediaDownload.noAddress();
        }
        HttpCall call = HttpCall.get(source.get()).follow(3);
        boolean theirs = "https".equals(source.get().getScheme())
                && source.get().getHost().endsWith(".twilio.com");
        if (theirs || call.trusting(account.get(BASE_URL)).isTrusted()) {
            call = authorized(account, call);
        }
        return MediaDownload.fetch(call, largest, null, transport, refused);
    }

    /**
     * What is wrong with the settings above.
     *
     * @param purpose what the account's credentials are for, such as {@code send}
     */
    public static void check(Account account, String purpose, List<String> problems) {
        boolean token = account.find(AUTH_TOKEN).isPresent();
        boolean key = account.find(API_KEY).isPresent();
        boolean secret = account.find(API_SECRET).isPresent();
        if (!token && account.find(SHARED_KEY_SECRET).isEmpty() && !account.insecure()) {
            problems.add("authToken is missing. It stands on the first page of the Twilio console; without it no"
                    + " webhook can be trusted.");
        }
        if (key != secret) {
            problems.add("apiKey and apiSecret go together: " + (key ? "apiSecret" : "apiKey") + " is missing.");
        } else if (!token && !key) {
            problems.add("authToken, or apiKey with apiSecret, is needed to " + purpose + ".");
        }
        form(account, ACCOUNT_SID, "AC[0-9a-zA-Z]+", "a SID that begins with AC", problems);
        account.find(API_KEY)
                .filter(sid -> !sid.value().matches("SK[0-9a-zA-Z]+"))
                .ifPresent(sid -> problems.add("apiKey must be a SID that begins with SK."));
    }

    /** Adds a problem where a setting's value has another form. */
    public static void form(
            Account account, Setting<String> setting, String pattern, String wanted, List<String> problems) {
        if (account.find(setting).filter(value -> !value.matches(pattern)).isPresent()) {
            problems.add(setting.name() + " must be " + wanted + ".");
        }
    }
}
