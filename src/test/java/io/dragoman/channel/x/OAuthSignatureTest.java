// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.scribejava.core.model.OAuthConstants;
import com.github.scribejava.core.services.HMACSha1SignatureService;
import io.dragoman.connector.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures as others make them: RFC 5849, X's own documentation, and the library ScribeJava. */
final class OAuthSignatureTest {
    private static OAuthSignature keys(String key, String secret, String token, String tokenSecret) {
        return new OAuthSignature(new Secret(key), new Secret(secret), new Secret(token), new Secret(tokenSecret));
    }

    private static Map<String, String> fields(Secret header) {
        Map<String, String> fields = new TreeMap<>();
        Matcher field = Pattern.compile("(\\w+)=\"([^\"]*)\"").matcher(header.value());
        while (field.find()) {
            fields.put(field.group(1), URLDecoder.decode(field.group(2), StandardCharsets.UTF_8));
        }
        return fields;
    }

    /**
     * The keys and the request of RFC 5849 §1.2, with the {@code oauth_version} that it leaves out there: its base
     * string, signed by openssl dgst -sha1 -hmac 'kd94hf93k423kf44&pfkkdhi9sl3r4s00' -binary | base64.
     */
    @Test
    void requestOfTheStandardIsSigned() {
        Secret header = keys("dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00")
                .header(
                        "GET",
                        URI.create("http://photos.example.net/photos?file=vacation.jpg&size=original"),
                        "chapoH",
                        137_131_202);
        assertThat(header.value()).startsWith("OAuth oauth_consumer_key=\"dpf43f3p2l4k3l03\", ");
        assertThat(fields(header)).containsEntry("oauth_signature", "1IAE9RzK+DqSqVTdQ/0zWANXVzs=");
    }

    /** docs.x.com, "Creating a signature": a form, whose fields are signed as if they stood in the query. */
    @Test
    void requestOfTheProvidersDocumentationIsSigned() {
        Secret header = keys(
                        "xvz1evFS4wEEPTGEFPHBog",
                        "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
                        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
                        "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE")
                .header(
                        "POST",
                        URI.create("https://api.x.com/1.1/statuses/update.json?include_entities=true"
                                + "&status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21"),
                        "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
                        1_318_622_958);
        assertThat(fields(header)).containsEntry("oauth_signature", "Ls93hJiZbQ3akF3HF3x1Bz8/zU4=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.x.com/2/tweets",
                "https://API.X.com:443/2/dm_events?max_results=10&a=b%20c&b=%C3%A4&z=&dm_event.fields=id,text",
                "http://127.0.0.1:9500/2/users/1/mentions?pagination_token=a%2Bb~-._*",
            })
    void libraryOfOthersSignsTheSame(String address) {
        URI uri = URI.create(address);
        Secret header = keys("ke y+", "se&cret=", "to/ken", "tok en%").header("POST", uri, "n0nce", 1_790_000_000);
        Map<String, String> fields = fields(header);
        String signature = fields.remove(OAuthConstants.SIGNATURE);
        assertThat(signature)
                .isEqualTo(new HMACSha1SignatureService().getSignature(base(uri, fields), "se&cret=", "tok en%"));
    }

    /** Put together by the library's own encoder. */
    private static String base(URI uri, Map<String, String> fields) {
        com.github.scribejava.core.model.ParameterList all = new com.github.scribejava.core.model.ParameterList(fields);
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                all.add(decoded(parts[0]), decoded(parts[1]));
            }
        }
        boolean own = uri.getPort() >= 0 && uri.getPort() != 443;
        String plain = uri.getScheme() + "://" + uri.getHost().toLowerCase(java.util.Locale.ROOT)
                + (own ? ":" + uri.getPort() : "") + uri.getRawPath();
        return java.util.stream.Stream.of("POST", plain, all.sort().asOauthBaseString())
                .map(part -> part.equals("POST") || part.contains("%3D")
                        ? part
                        : com.github.scribejava.core.utils.OAuthEncoder.encode(part))
                .collect(Collectors.joining("&"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Test
    void nothingOfTheKeysIsShown() {
        assertThat(keys("the-key", "the-secret", "the-token", "the-other")).hasToString("OAuthSignature[…]");
    }
}
