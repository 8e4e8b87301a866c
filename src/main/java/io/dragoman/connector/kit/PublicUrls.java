// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import io.dragoman.connector.Setting;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses under which a provider may have called us. Some sign the address as it stands in their console, which
 * behind a proxy is not the one that reaches us.
 */
public final class PublicUrls {
    /** The address in the provider's console. */
    public static final Setting<String> WEBHOOK_URL = new Setting<>(
            "webhookUrl",
            "The address in the provider's console, where it is not the channel's own (a proxy rewrites it).",
            Setting.Type.URL,
            null,
            false,
            List.of(),
            PublicUrls::parse);

    /** Whether the headers of a proxy say the truth. */
    public static final Setting<Boolean> TRUST_PROXY = Setting.flag(
                    "trustProxy", "Whether a proxy in front always sets X-Forwarded-Proto and X-Forwarded-Host itself.")
            .or("false");

    /** The request headers that it looks at. */
    public static final Set<String> HEADERS = Set.of("x-forwarded-proto", "x-forwarded-host", "host");

    private PublicUrls() {}

    /** Every address that the signature may be over, the likeliest first. */
    public static Set<String> of(Account account, Request request) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        Set<String> urls = new LinkedHashSet<>();
        addBoth(urls, callback(account) + query);
        addBoth(urls, account.callback() + query);
        if (account.get(TRUST_PROXY)) {
            forwarded(account, request).ifPresent(base -> addBoth(urls, base + request.path() + query));
        }
        return urls;
    }

    /** Where the provider is to call us. */
    public static String callback(Account account) {
        return account.find(WEBHOOK_URL).orElseGet(() -> account.callback().toString());
    }

    /** Scheme and host as the proxy in front of us saw them; with several proxies, as the outermost did. */
    private static Optional<String> forwarded(Account account, Request request) {
        String scheme = outermost(request, "x-forwarded-proto")
                .orElseGet(() -> account.home().publicUrl().getScheme())
                .toLowerCase(Locale.ROOT);
        return outermost(request, "x-forwarded-host")
                .or(() -> request.header("host"))
                .map(host -> scheme + "://" + host);
    }

    private static Optional<String> outermost(Request request, String header) {
        return request.header(header)
                .map(value -> value.split(",", 2)[0].strip())
                .filter(value -> !value.isEmpty());
    }

    /** Some sign with the port and some without, and some do both (Twilio): either is taken. */
    private static void addBoth(Set<String> urls, String url) {
        int start = url.indexOf("://") + 3;
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        int colon = url.lastIndexOf(':', end - 1);
        boolean explicit = colon >= start && colon > url.lastIndexOf(']', end - 1);
        String port = url.startsWith("https:") ? ":443" : ":80";
        urls.add(url);
        urls.add(
                explicit
                        ? url.substring(0, colon) + url.substring(end)
                        : url.substring(0, end) + port + url.substring(end));
    }

    /** An address as pasted from the console, without its query (taken as received) and fragment (never sent). */
    private static String parse(String text) {
        try {
            String url = text.split("[?#]", 2)[0];
            URI uri = URI.create(url);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the one message
        }
        throw new IllegalArgumentException("must be an address such as https://chat.example.com/sms");
    }
}
