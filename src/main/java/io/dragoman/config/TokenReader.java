// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.config.AdminSettings.NamedToken;
import io.dragoman.model.Role;
import io.dragoman.model.Words;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads who has which role: {@code admin.tokens} with their hashes, and the groups of {@code admin.oidc.roles}. */
final class TokenReader {
    /** Where they stand, and the groups beside them. */
    static final Set<String> NAMES = Set.of("admin.tokens", "admin.oidc.roles");

    private static final String ADMIN = "admin";
    private static final String NAME_FORM = "[A-Za-z0-9][A-Za-z0-9._@-]{0,63}";
    private static final String HASH_FORM = "sha256:[0-9a-f]{64}";

    private final Placeholders references;
    private final Problems problems;

    TokenReader(Placeholders references, Problems problems) {
        this.references = references;
        this.problems = problems;
    }

    /** Those of a {@code gateway.yaml} that are good; what is wrong is a problem. */
    List<NamedToken> read(Node gateway) {
        Optional<Node> tokens = gateway.get("admin").flatMap(admin -> admin.get("tokens"));
        List<NamedToken> read = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        tokens.ifPresent(node -> node.needEntries(problems)
                .forEach((name, token) -> read(name, token).ifPresent(good -> {
                    String other = owners.putIfAbsent(good.sha256(), name);
                    if (other == null) {
                        read.add(good);
                    } else {
                        problems.add(token, "has the same token as " + other + ". Give each person one of their own.");
                    }
                })));
        return read;
    }

    /** {@code admin.oidc.roles}: which groups have which role; a problem where nobody would be let in. */
    Map<Role, List<String>> roles(Node gateway) {
        Optional<Node> oidc = gateway.get("admin").flatMap(admin -> admin.get("oidc"));
        Map<Role, List<String>> roles = new EnumMap<>(Role.class);
        Optional<Node> written = oidc.flatMap(node -> node.get("roles"));
        written.ifPresent(node -> {
            node.needEntries(problems);
            node.allowKeys(problems, Set.copyOf(Words.all(Role.class)));
            node.entries().forEach((word, groups) -> Words.find(Role.class, word)
                    .ifPresent(role ->
                            roles.put(role, references.resolveAll(groups).needTexts(problems))));
        });
        if (oidc.isPresent() && roles.isEmpty()) {
            problems.missing(
                    oidc.get(),
                    "roles",
                    "is missing, so nobody would be let in. Write which groups have which role, such as: roles:"
                            + " {operator: [admins], agent: [support]}.");
        }
        return Map.copyOf(roles);
    }

    private Optional<NamedToken> read(String name, Node token) {
        if (!name.matches(NAME_FORM) || name.equals(ADMIN)) {
            problems.add(
                    token.key(),
                    name.equals(ADMIN)
                            ? "is the name of admin.token's owner. Take another name."
                            : "must be a name of letters, digits and . _ @ -, at most 64.");
            return Optional.empty();
        }
        token.needEntries(problems);
        token.allowKeys(problems, Set.of("role", "hash"));
        Optional<Role> role = role(token);
        Optional<String> hash = hash(token);
        return role.isPresent() && hash.isPresent()
                ? Optional.of(new NamedToken(name, role.get(), hash.get()))
                : Optional.empty();
    }

    private Optional<Role> role(Node token) {
        String words = String.join(", ", Words.all(Role.class));
        Optional<Node> node = token.get("role");
        if (node.isEmpty()) {
            problems.missing(token, "role", "is missing. Write one of " + words + ".");
            return Optional.empty();
        }
        Optional<Role> role = references.resolve(node.get()).flatMap(word -> Words.find(Role.class, word));
        if (role.isEmpty()) {
            problems.add(node.get(), "must be one of " + words + ".");
        }
        return role;
    }

    private Optional<String> hash(Node token) {
        Optional<Node> node = token.get("hash");
        if (node.isEmpty()) {
            problems.missing(token, "hash", "is missing. ./dragoman token new makes a token and prints these lines.");
            return Optional.empty();
        }
        Optional<String> hash = references.resolve(node.get());
        if (hash.isPresent() && !hash.get().matches(HASH_FORM) && !references.leftOpen(node.get())) {
            problems.hide(hash.get()); // perhaps the token itself
            problems.add(
                    node.get(),
                    "must be sha256: and 64 digits of 0-9 and a-f, the hash of the token and not the token itself."
                            + " ./dragoman token new prints it.");
            return Optional.empty();
        }
        return hash.filter(text -> text.matches(HASH_FORM)).map(text -> text.substring("sha256:".length()));
    }
}
