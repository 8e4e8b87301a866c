// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Setting;
import io.dragoman.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code auth}: headers, or an access token that is fetched first. */
final class CredentialsReader {
    private final SettingNames settings;

    CredentialsReader(SettingNames settings) {
        this.settings = settings;
    }

    /** That of a section which may have {@code auth}. */
    Credentials read(Section around) {
        return around.section("auth").map(this::credentials).orElse(Credentials.NONE);
    }

    private Credentials credentials(Section auth) {
        auth.allow("bearer", "basic", "headers", "oauth");
        List<String> own =
                Stream.of("bearer", "basic", "oauth").filter(auth::has).toList();
        if (own.size() > 1) {
            auth.error("has " + String.join(": and ", own)
                    + ":, and each makes the header Authorization. Keep one of them.");
        }
        Map<String, TextTemplate> headers = new LinkedHashMap<>();
        if (auth.has("bearer")) {
            String setting = settings.at(auth, "bearer", "");
            headers.put("Authorization", own("Bearer {settings." + setting + "}"));
        }
        auth.section("basic").ifPresent(basic -> basic(basic, headers));
        auth.section("headers").ifPresent(section -> {
            headers.putAll(headers(section));
            if (auth.has("oauth") && headers.keySet().stream().anyMatch("Authorization"::equalsIgnoreCase)) {
                section.error("has Authorization, which oauth: makes. Keep one of them.");
            }
        });
        return new Credentials(headers, auth.section("oauth").map(this::token).orElse(null));
    }

    private static void basic(Section basic, Map<String, TextTemplate> headers) {
        basic.allow("user", "password");
        String user = basic.need("user", "It is an expression for the user name, such as settings.username.");
        String password = basic.text("password", "''");
        if (basic.expression("user") != null && (!basic.has("password") || basic.expression("password") != null)) {
            headers.put("Authorization", own("Basic {$base64encode(" + user + " & ':' & " + password + ")}"));
        }
    }

    private TokenFields token(Section oauth) {
        oauth.allow("tokenUrl", "username", "password", "clientId", "clientSecret", "scope", "audience", "idAndSecret");
        boolean user = oauth.has("username") || oauth.has("password");
        boolean client = !user || oauth.has("clientId") || oauth.has("clientSecret");
        return new TokenFields(
                settings.sure(
                        oauth,
                        "tokenUrl",
                        Setting.Type.URL,
                        "It names the setting with the address that gives tokens."),
                name(user, oauth, "username", Setting.Type.TEXT, "It names the setting with the user's name."),
                name(user, oauth, "password", Setting.Type.SECRET, "It names the setting with the user's password."),
                name(client, oauth, "clientId", Setting.Type.TEXT, "It names the setting with the client's id."),
                name(
                        client,
                        oauth,
                        "clientSecret",
                        Setting.Type.SECRET,
                        "It names the setting with the client's secret."),
                text(oauth, "scope"),
                text(oauth, "audience"),
                oauth.word("idAndSecret", "form", "header").equals("header"));
    }

    private @Nullable String name(boolean needed, Section oauth, String key, Setting.Type type, String what) {
        return needed ? settings.sure(oauth, key, type, what) : null;
    }

    private static TextTemplate text(Section oauth, String key) {
        return oauth.node().get(key).map(oauth::template).orElseGet(() -> new TextTemplate(List.of("")));
    }

    private static TextTemplate own(String written) {
        try {
            return TextTemplate.parse(written, "send.auth");
        } catch (Expression.Invalid e) {
            return new TextTemplate(List.of("")); // its expressions were checked where they stand
        }
    }

    /** The headers of a map. */
    static Map<String, TextTemplate> headers(Section headers) {
        Map<String, TextTemplate> templates = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry :
                headers.node().needEntries(headers.problems()).entrySet()) {
            if (!entry.getKey().matches("[A-Za-z0-9-]{1,64}")) {
                headers.error(entry.getKey(), "is no name of a header.");
            }
            templates.put(entry.getKey(), headers.template(entry.getValue()));
        }
        return templates;
    }
}
