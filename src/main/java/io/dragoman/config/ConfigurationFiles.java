// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.config.WrittenAccount.Form;
import io.dragoman.config.WrittenAccount.WrittenSetting;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.model.Hashes;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of a home folder's configuration as they are now, for who shows them. Thread-safe. */
public final class ConfigurationFiles {
    /** The tag of a file that is not there. */
    static final String MISSING = "none";

    /** A password in an address, which no setting should hold and some could. */
    private static final Pattern PASSWORD = Pattern.compile("://[^/\\s]*@");

    private static final Pattern REFERENCES = Pattern.compile("\\s*(\\$\\{(env|file):[^}]*}\\s*)+");

    private final Path home;
    private final ConnectorKinds kinds;

    public ConfigurationFiles(Path home, ConnectorKinds kinds) {
        this.home = home.toAbsolutePath().normalize();
        this.kinds = kinds;
    }

    /**
     * A file and what it holds, in one word that changes with it.
     *
     * @param name as the user knows it, such as {@code config/rules.yaml}
     */
    public record FileState(String name, String etag) {}

    /** All of them, those that are not there too. */
    public List<FileState> states() {
        return Sources.NAMES.stream()
                .map(name -> new FileState(Sources.label(name), etag(name)))
                .toList();
    }

    /** What a file holds, in one word. */
    public String etag(String name) {
        try {
            return etag(Files.readAllBytes(file(name)));
        } catch (IOException e) {
            return MISSING; // one that cannot be read is a problem when it is changed
        }
    }

    /** The text of a file; empty for one that is not there or cannot be read. */
    public String text(String name) {
        try {
            return new String(Files.readAllBytes(file(name)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    static String etag(byte[] content) {
        return Hashes.sha256Hex(content).substring(0, 32);
    }

    Path file(String name) {
        return home.resolve(Sources.label(name));
    }

    /** The accounts that stand in a file, in its order; none where it cannot be read. */
    public List<WrittenAccount> accounts(Side side) {
        String name = side.word() + "s";
        return Sources.read(home, new Problems(), List.of(name)).section(name).stream()
                .flatMap(section -> section.entries().entrySet().stream())
                .map(entry -> account(side, entry.getKey(), entry.getValue()))
                .toList();
    }

    /** One of them. */
    public Optional<WrittenAccount> account(Side side, String id) {
        return accounts(side).stream().filter(one -> one.id().equals(id)).findFirst();
    }

    private WrittenAccount account(Side side, String id, Node node) {
        String kind = text(node, AccountReader.KIND.name());
        String profile = text(node, Profiled.SETTING);
        Optional<Connector> connector = kinds.find(side, kind, profile.isEmpty() ? null : profile);
        Map<String, Node> leaves = leaves(node);
        leaves.remove(AccountReader.KIND.name());
        return new WrittenAccount(
                side,
                id,
                kind,
                profile.isEmpty() ? null : profile,
                node.file(),
                node.key().line(),
                text(node, AccountReader.ENABLED.name()).equals("false"),
                leaves.entrySet().stream()
                        .map(leaf -> setting(leaf.getKey(), leaf.getValue(), connector.orElse(null)))
                        .toList());
    }

    private static String text(Node node, String name) {
        return node.get(name).map(Node::written).orElse("");
    }

    /** The single values of a map by their names, with dots for levels, in order. */
    static Map<String, Node> leaves(Node map) {
        Map<String, Node> leaves = new LinkedHashMap<>();
        collect(map, "", leaves);
        return leaves;
    }

    private static void collect(Node map, String prefix, Map<String, Node> leaves) {
        map.entries().forEach((name, value) -> {
            if (value.shape() == Node.Shape.MAP) {
                collect(value, prefix + name + ".", leaves);
            } else {
                leaves.put(prefix + name, value);
            }
        });
    }

    private static WrittenSetting setting(String name, Node node, @Nullable Connector connector) {
        Optional<Setting<?>> declared = connector == null
                ? Optional.empty()
                : ConnectorKinds.settings(connector).stream()
                        .filter(setting -> setting.name().equals(name))
                        .findFirst();
        String text = node.written();
        // a key that is not known may be a secret's, mistyped
        boolean hidden = declared.isEmpty() || declared.get().type() == Setting.Type.SECRET;
        Form form = hidden && REFERENCES.matcher(text).matches()
                ? Form.REFERENCE
                : hidden || PASSWORD.matcher(text).find() ? Form.PLAIN : Form.TEXT;
        return new WrittenSetting(name, form == Form.PLAIN ? "" : text, form, declared.isPresent());
    }
}
