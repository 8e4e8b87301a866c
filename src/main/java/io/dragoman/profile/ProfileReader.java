// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.InvalidProfile.Fault;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks a profile's file: every problem at once, each with its place.
 *
 * @param <P> the profiles of a side
 */
public abstract class ProfileReader<P extends Profile> {
    private static final List<String> SHARED = List.of(
            "name",
            "description",
            "documentation",
            "unverified",
            "setUp",
            "settings",
            "receive",
            "send",
            "errors",
            "media",
            "side");

    /** The keys beside those that all profiles have. */
    protected abstract List<String> keys();

    /** The side of the gateway whose profiles it reads. */
    protected abstract Side side();

    /** The keys of {@code receive} below which this side's events stand. */
    protected abstract List<String> events();

    /** The key of {@code receive} below which stands what is polled; empty where nothing is. */
    protected String polled() {
        return "";
    }

    /** The key of what is asked about customers; empty where nothing is. */
    protected String asked() {
        return "";
    }

    /** Reads the rest; whatever is wrong in it becomes a problem of the section. */
    protected abstract P read(Profile.Head head, Section root, SettingNames settings);

    /**
     * Reads one.
     *
     * @param name the file's, without its ending
     * @param file as the operator knows it
     */
    public final P read(String name, String file, String source) throws InvalidProfile {
        Problems problems = new Problems();
        Optional<Node> root = Yaml.read(file, source, problems);
        if (root.isEmpty() || root.get().shape() != Node.Shape.MAP) {
            if (!problems.hasErrors()) {
                problems.add(file, 0, 0, "", "is empty. docs/profiles.md shows a profile from its first line on.");
            }
            throw invalid(problems);
        }
        P profile = profile(name, source, new Section(root.get(), problems, name));
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

    /** How webhooks are taken; null where there are none. */
    private @Nullable Receiving receiving(ReceivingReader reader) {
        String[] events = events().toArray(String[]::new);
        return reader.posts(polled(), events) ? reader.read(events) : null;
    }

    private P profile(String name, String source, Section root) {
        root.allow(Stream.concat(SHARED.stream(), keys().stream()).toArray(String[]::new));
        if (!root.text("side", Side.CHANNEL.word()).equals(side().word())) {
            root.error(
                    "side",
                    "makes this no profile for a " + side().word() + ". Without side: it is for channels, with side:"
                            + " desk for desks.");
        }
        List<String> setUp = root.texts("setUp");
        setUp.stream()
                .filter(text -> !text.endsWith("."))
                .forEach(text -> root.error("setUp", "must be sentences, each with a full stop at its end."));
        root.text("documentation");
        String title = root.need("name", "It is the provider's name, which begins the sentences for the operator.");
        String about = root.need("description", "It is one sentence, such as: SMS through Acme.");
        if (!about.isEmpty() && !about.endsWith(".")) {
            root.error("description", "must be a sentence, with a full stop at its end.");
        }
        Map<String, Setting<?>> settings = new SettingsReader(root).read();
        SettingNames names = new SettingNames(settings);
        Receiving receiving = root.section("receive")
                .map(section -> receiving(new ReceivingReader(section, names)))
                .orElse(null);
        boolean asks = !asked().isEmpty() && root.has(asked());
        if (!root.has("receive") && !root.has("send") && !asks) {
            root.error("has neither receive: nor send:, so nothing can be done with it.");
        }
        if (asks && !settings.containsKey(Profile.BASE_URL)) {
            root.error("has " + asked() + ": but no settings.baseUrl, the provider's address. Add it.");
        }
        if (root.has("send") && !settings.containsKey(Profile.BASE_URL)) {
            root.error("has send: but no settings.baseUrl, the provider's address. Add it, with its default.");
        }
        CallTemplate sending = root.section(asks && !root.has("send") ? asked() : "send")
                .map(section -> new CallReader(section, names).login())
                .orElse(null);
        CallTemplate login = root.section("media")
                .map(section -> new CallReader(section.allow("auth"), names).login())
                .orElse(null);
        names.unverifying(root, receiving);
        return read(
                new Profile.Head(
                        name,
                        source,
                        title,
                        about,
                        List.copyOf(settings.values()),
                        setUp,
                        root.texts("unverified"),
                        sending,
                        login,
                        receiving),
                root,
                names);
    }
}
