// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.CustomerLookup;
import io.dragoman.connector.Desk;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.JwksWebhook;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.model.Json;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problem;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recorded cases that prove a profile, a file each: what was posted with the events that it must become, or a message
 * with the request that it must become, the provider's answer, and what that must mean. Nothing leaves the machine.
 */
public final class ProfileCases {
    /** The file that holds the account's settings, as they would stand in {@code channels.yaml} or {@code desks.yaml}. */
    public static final String SETTINGS = "settings.yaml";

    /** The file that holds the keys that the provider publishes, a JSON Web Key Set, where its webhooks need one. */
    public static final String KEYS = "keys.json";

    private static final String ENDING = ".yaml";
    private static final Account.Installation HERE =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key of the cases"));

    private final Connector connector;

    public ProfileCases(Connector connector) {
        this.connector = connector;
    }

    /**
     * Runs all cases of a folder, in the order of their names.
     *
     * @throws IOException when it cannot be read
     */
    public List<CaseResult> run(Path folder) throws IOException {
        List<CaseResult> results = new ArrayList<>();
        Account account;
        Jwks keys;
        try {
            account = account(folder.resolve(SETTINGS));
            keys = keys(account, folder.resolve(KEYS));
        } catch (CaseFailed e) {
            return List.of(new CaseResult(SETTINGS, CaseResult.Kind.SETTINGS, e.getMessage()));
        }
        for (Path file : files(folder)) {
            results.add(run(account, keys, file));
        }
        return results;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .filter(file -> !file.endsWith(SETTINGS))
                    .sorted()
                    .toList();
        }
    }

    private CaseResult run(Account account, Jwks keys, Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).replace(ENDING, "");
        try {
            Node root = read(file);
            CaseKeys.check(root, connector instanceof Desk);
            if (root.get("receive").isPresent()) {
                return new ReceivedCase(connector, account, keys).run(name, root);
            }
            if (root.get("poll").isPresent()) {
                return new PollCase(connector, account).run(name, root);
            }
            if (root.get("ask").isPresent() && connector instanceof CustomerLookup) {
                return new AskedCase(connector, account).run(name, root);
            }
            if (!(connector instanceof Desk desk)) {
                return new SentCase(connector, account).run(name, root);
            }
            NoticeCase notice = new NoticeCase(desk, account);
            return root.get("lookUp").isPresent() ? notice.lookUp(name, root) : notice.run(name, root);
        } catch (CaseFailed e) {
            return new CaseResult(name, CaseResult.Kind.OTHER, e.getMessage());
        }
    }

    private static Node read(Path file) throws IOException, CaseFailed {
        Problems problems = new Problems();
        Optional<Node> root = Yaml.read(String.valueOf(file.getFileName()), Files.readString(file), problems);
        if (problems.hasErrors() || root.isEmpty()) {
            throw new CaseFailed(
                    problems.all().stream().map(Problem::toString).findFirst().orElse("is empty"));
        }
        return root.get();
    }

    private Account account(Path file) throws IOException, CaseFailed {
        Map<String, Node> written = Files.exists(file) ? read(file).entries() : Map.of();
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : connector.settings()) {
            Node node = written.get(setting.name());
            boolean profile = setting.name().equals(io.dragoman.connector.Profiled.SETTING);
            String text = profile ? setting.name() : node != null ? node.text() : setting.fallback();
            if (text != null) {
                values.put(setting.name(), value(setting, text));
            } else if (setting.required()) {
                throw new CaseFailed("needs a value for " + setting.name() + ". " + setting.description());
            }
        }
        Account account = new Account(connector.side(), "acme", connector.kind(), values, false, HERE);
        List<String> problems = connector.problems(account);
        if (!problems.isEmpty()) {
            throw new CaseFailed(String.join(" ", problems));
        }
        return account;
    }

    private Jwks keys(Account account, Path file) throws IOException, CaseFailed {
        if (!(connector instanceof JwksWebhook keyed) || keyed.jwks(account).isEmpty()) {
            return Jwks.NONE;
        }
        if (!Files.exists(file)) {
            throw new CaseFailed("needs " + KEYS + " beside it: the JSON Web Key Set that the provider publishes.");
        }
        try {
            return Jwks.of(Json.tree(Files.readAllBytes(file)))
                    .filter(keys -> keys.size() > 0)
                    .orElseThrow(() -> new CaseFailed("needs a key in " + KEYS + ", with its kid."));
        } catch (JsonProcessingException e) {
            throw new CaseFailed("needs JSON in " + KEYS + ": a JSON Web Key Set.");
        }
    }

    private static Object value(Setting<?> setting, String text) throws CaseFailed {
        try {
            return java.util.Objects.requireNonNull(setting.parser().apply(text));
        } catch (IllegalArgumentException e) {
            throw new CaseFailed(setting.name() + " " + e.getMessage());
        }
    }
}
