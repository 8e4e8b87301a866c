// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.InvalidProfile.Fault;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Setting;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and checks a profile's file: every problem at once, each with its place. */
final class ProfileReader {
    private ProfileReader() {}

    /**
     * Reads one.
     *
     * @param name the file's, without its ending
     * @param file as the operator knows it
     */
    static Profile read(String name, String file, String source) throws InvalidProfile {
        Problems problems = new Problems();
        Optional<Node> root = Yaml.read(file, source, problems);
        if (root.isEmpty() || root.get().shape() != Node.Shape.MAP) {
            if (!problems.hasErrors()) {
                problems.add(file, 0, 0, "", "is empty. docs/profiles.md shows a profile from its first line on.");
            }
            throw invalid(problems);
        }
        Profile profile = profile(name, source, new Section(root.get(), problems, name));
        if (problems.hasErrors()) {
            throw invalid(problems);
        }
        return profile;
    }

    private static InvalidProfile invalid(Problems problems) {
        return new InvalidProfile(problems.all().stream()
                .map(problem ->
                        new Fault(problem.file(), problem.line(), problem.column(), problem.path(), problem.message()))
                .toList());
    }

    private static Profile profile(String name, String source, Section root) {
        root.allow(
                "name",
                "description",
                "documentation",
                "unverified",
                "identity",
                "settings",
                "receive",
                "send",
                "errors",
                "limits",
                "media");
        root.texts("unverified");
        root.text("documentation");
        String title = root.need("name", "It is the provider's name, which begins the sentences for the operator.");
        String about = root.need("description", "It is one sentence, such as: SMS through Acme.");
        if (!about.isEmpty() && !about.endsWith(".")) {
            root.error("description", "must be a sentence, with a full stop at its end.");
        }
        Map<String, Setting<?>> settings = new SettingsReader(root).read();
        SettingNames names = new SettingNames(settings);
        @Nullable String identity = root.text("identity").orElse(null);
        Receiving receiving = root.section("receive")
                .map(section -> new ReceivingReader(section, names, title, identity).read())
                .orElse(null);
        Sending sending = root.section("send")
                .map(section -> new SendingReader(section, names).read(title, new ErrorsReader(root, title).read()))
                .orElse(null);
        if (receiving == null && sending == null) {
            root.error("has neither receive: nor send:, so nothing can be done with it.");
        }
        if (sending != null && !settings.containsKey(Profile.BASE_URL)) {
            root.error("has send: but no settings.baseUrl, the provider's address. Add it, with its default.");
        }
        CallTemplate login = root.section("media")
                .map(section -> new SendingReader(section.allow("auth"), names).login())
                .orElse(null);
        names.unverifying(root, receiving);
        Limits limits = new LimitsReader(root).read(sending);
        return new Profile(
                name,
                source,
                new Profile.Description(title, about, identity, login),
                List.copyOf(new LinkedHashMap<>(settings).values()),
                receiving,
                sending,
                limits);
    }
}
