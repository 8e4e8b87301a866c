// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Cidr;
import io.dragoman.connector.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one item of {@code verify}. */
final class CheckReader {
    private static final List<String> WAYS = List.of("hmac", "ed25519", "jwt", "token", "basic", "addresses");
    private static final String TOLERANCE = "5m";

    private final Section item;
    private final SettingNames settings;

    CheckReader(Section item, SettingNames settings) {
        this.item = item;
        this.settings = settings;
    }

    Optional<ProofCheck> read() {
        item.allow(WAYS.toArray(String[]::new));
        List<String> written = WAYS.stream().filter(item::has).toList();
        if (written.size() != 1) {
            item.error("must have one of " + String.join(", ", WAYS) + "; for several write a list.");
            return Optional.empty();
        }
        String way = written.get(0);
        return item.section(way).map(section -> switch (way) {
            case "hmac" -> hmac(section);
            case "ed25519" -> ed25519(section);
            case "jwt" -> jwt(section);
            case "token" -> token(section);
            case "addresses" -> addresses(section);
            default -> basic(section);
        });
    }

    private ProofCheck hmac(Section hmac) {
        hmac.allow(
                "header",
                "algorithm",
                "encoding",
                "prefix",
                "several",
                "setting",
                "secretIs",
                "sign",
                "timestamp",
                "tolerance");
        SignedString signed = signed(hmac);
        return new HmacCheck(
                headers(hmac),
                hmac.word("algorithm", "sha256", "sha1", "sha512").toUpperCase(Locale.ROOT),
                hmac.word("encoding", "hex", "base64", "base64url"),
                hmac.text("prefix", ""),
                hmac.flag("several"),
                settings.allVerifying(hmac, "setting"),
                hmac.word("secretIs", "text", "base64", "hex"),
                signed,
                freshness(hmac, signed));
    }

    private ProofCheck ed25519(Section key) {
        key.allow("header", "setting", "sign", "timestamp", "tolerance");
        SignedString signed = signed(key);
        return new PublicKeyCheck(header(key), settings.verifying(key, "setting"), signed, freshness(key, signed));
    }

    private ProofCheck jwt(Section jwt) {
        boolean published = jwt.has("keySet");
        jwt.allow(
                "header",
                "prefix",
                "algorithm",
                "setting",
                "keySet",
                "openId",
                "issuer",
                "audience",
                "bodyHash",
                "encoding",
                "tolerance");
        if (published == jwt.has("setting")) {
            jwt.error("must have setting:, with the secret or the keys, or keySet:, with the address of the keys.");
        }
        if (!published) {
            Stream.of("openId", "issuer", "audience")
                    .filter(jwt::has)
                    .forEach(key -> jwt.error(key, "belongs to keySet:, the address of the issuer's keys."));
        }
        return published ? published(jwt) : kept(jwt);
    }

    /** With a key that the account has. */
    private ProofCheck kept(Section jwt) {
        return new JwtCheck(
                header(jwt),
                jwt.text("prefix", ""),
                jwt.word("algorithm", "HS256", "HS512", "RS256", "ES256"),
                jwt.has("setting") ? settings.verifying(jwt, "setting") : "",
                bodyHash(jwt),
                tolerance(jwt));
    }

    /** With keys that the issuer publishes and changes. */
    private ProofCheck published(Section jwt) {
        return new JwksCheck(
                header(jwt),
                jwt.text("prefix", ""),
                jwt.word("algorithm", "RS256", "ES256"),
                settings.sure(jwt, "keySet", Setting.Type.URL, "It names the setting with the keys' address."),
                jwt.flag("openId"),
                said(jwt, "issuer", "It is what the token must have as iss, such as \"{settings.issuer}\"."),
                said(jwt, "audience", "It is what the token must have as aud, such as \"{settings.appId}\"."),
                bodyHash(jwt),
                tolerance(jwt));
    }

    private static TextTemplate said(Section jwt, String key, String what) {
        jwt.need(key, what);
        return jwt.node().get(key).map(jwt::template).orElseGet(() -> new TextTemplate(List.of("")));
    }

    private static @Nullable BodyClaim bodyHash(Section jwt) {
        String encoding = jwt.word("encoding", "hex", "base64", "base64url");
        if (jwt.has("encoding") && !jwt.has("bodyHash")) {
            jwt.error("encoding", "says how bodyHash: is written, which is not there.");
        }
        return jwt.text("bodyHash").map(claim -> new BodyClaim(claim, encoding)).orElse(null);
    }

    private ProofCheck token(Section token) {
        token.allow("header", "query", "path", "prefix", "setting");
        if (Stream.of("header", "query", "path").filter(token::has).count() != 1) {
            token.error("must have one of header:, query: and path: true.");
        }
        return new TokenCheck(
                token.text("header").map(HeaderPart::of).orElse(null),
                token.text("query").orElse(null),
                token.text("prefix", ""),
                settings.verifying(token, "setting"));
    }

    private ProofCheck addresses(Section addresses) {
        addresses.allow("from", "setting");
        List<Cidr> fixed = addresses.texts("from").stream()
                .flatMap(text -> block(addresses, text).stream())
                .toList();
        if (addresses.has("setting") == addresses.has("from")) {
            addresses.error("must have from:, a list of blocks of addresses, or setting:, which has them.");
        }
        return new AddressCheck(fixed, addresses.has("setting") ? settings.verifying(addresses, "setting") : null);
    }

    private static Optional<Cidr> block(Section addresses, String text) {
        try {
            return Optional.of(Cidr.parse(text));
        } catch (IllegalArgumentException e) {
            addresses.error("from", e.getMessage() + ".");
            return Optional.empty();
        }
    }

    private ProofCheck basic(Section basic) {
        basic.allow("user", "password");
        return new BasicCheck(
                settings.at(basic, "user", "It names the setting with the user name."),
                settings.verifying(basic, "password"));
    }

    /** Several names of one header, or one. */
    private static List<HeaderPart> headers(Section section) {
        List<String> names = section.texts("header");
        return names.size() < 2
                ? List.of(header(section))
                : names.stream().map(HeaderPart::of).toList();
    }

    private static HeaderPart header(Section section) {
        return HeaderPart.of(section.need("header", "It names the header that the proof stands in."));
    }

    private SignedString signed(Section section) {
        SignedString signed = section.parsed(
                "sign", section.text("sign", "{body}"), SignedString::of, new SignedString(List.of("{body}")));
        settings.check(section, "sign", signed.settings());
        return signed;
    }

    private static @Nullable Freshness freshness(Section section, SignedString signed) {
        Optional<HeaderPart> header = section.text("timestamp").map(HeaderPart::of);
        if (header.isEmpty()) {
            return null;
        }
        if (!signed.headers().contains(header.get().name())) {
            section.error("timestamp", "is not in sign:, so that anybody could change it.");
        }
        return new Freshness(header.get(), tolerance(section));
    }

    private static Duration tolerance(Section section) {
        return section.parsed(
                "tolerance",
                section.text("tolerance", TOLERANCE),
                text -> Setting.duration("tolerance", "").parser().apply(text),
                Duration.ofMinutes(5));
    }
}
