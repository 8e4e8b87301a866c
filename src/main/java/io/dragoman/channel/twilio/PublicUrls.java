// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses under which Twilio may have called us. The signature covers the address as it stands in Twilio's
 * console, which behind a proxy is not the one that reaches us.
 */
final class PublicUrls {
    private PublicUrls() {}

    /** Every address that the signature may be over, the likeliest first. */
    static Set<String> of(Account account, Request request) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        Set<String> urls = new LinkedHashSet<>();
        addBoth(urls, callback(account) + query);
        addBoth(urls, account.callback() + query);
        if (account.get(Twilio.TRUST_PROXY)) {
            forwarded(account, request).ifPresent(base -> addBoth(urls, base + request.path() + query));
        }
        return urls;
    }

    /** Where Twilio is to call us. */
    static String callback(Account account) {
        return account.find(Twilio.WEBHOOK_URL)
                .orElseGet(() -> account.callback().toString());
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

    /** Twilio signs sometimes with the port and sometimes without: its own libraries take both. */
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
    static String parse(String text) {
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
