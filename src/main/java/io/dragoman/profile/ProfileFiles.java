// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.InvalidProfile.Fault;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Suggestion;
import io.dragoman.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the profiles of a side are: an operator's own in {@code profiles/} below the home folder, before those that are
 * shipped. Thread-safe.
 *
 * @param <P> the profiles of the side
 */
public final class ProfileFiles<P extends Profile> {
    private static final String ABOUT =
            "The provider's profile: one that is shipped, or the name of a file in profiles/.";
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";
    private static final String ENDING = ".yaml";
    private static final String SHIPPED = "/profiles/";
    private static final int LARGEST = 256 * 1024;

    /** The setting, before it is known which profiles there are. */
    static final Setting<String> SETTING = Setting.text(Profiled.SETTING, ABOUT).need();

    private final String list;
    private final Class<P> type;
    private final ProfileReader<P> reader;

    /**
     * @param list the file beside the shipped profiles with the names of this side's
     */
    public ProfileFiles(String list, Class<P> type, ProfileReader<P> reader) {
        this.list = list;
        this.type = type;
        this.reader = reader;
    }

    /** The profile that an account names. */
    Optional<P> of(Account account) {
        return Optional.ofNullable(account.values().get(Profiled.SETTING))
                .filter(type::isInstance)
                .map(type::cast);
    }

    /** The setting of accounts that name this one. */
    static Setting<Profile> setting(Profile profile) {
        return new Setting<>(Profiled.SETTING, ABOUT, Setting.Type.TEXT, null, true, List.of(), name -> profile);
    }

    /** All names, in order. */
    /** Whether a file is one of this side's; who cannot be read is a channel's, whose reader says what is wrong. */
    boolean describes(Path file) {
        Side side = Side.CHANNEL;
        try {
            side = Yaml.read("", source(file, ""), new Problems())
                    .flatMap(root -> root.shape() == Node.Shape.MAP ? root.get("side") : Optional.empty())
                    .map(Node::text)
                    .filter(Side.DESK.word()::equals)
                    .map(word -> Side.DESK)
                    .orElse(side);
        } catch (InvalidProfile e) {
            // the reader says it again, with its place
        }
        return side == reader.side();
    }

    List<String> names(Path home) {
        Set<String> names = new TreeSet<>(shipped());
        Path own = home.resolve(Profiled.FOLDER);
        if (Files.isDirectory(own)) {
            try (Stream<Path> files = Files.list(own)) {
                files.filter(file -> name(file).matches(NAME) && describes(file))
                        .map(ProfileFiles::name)
                        .forEach(names::add);
            } catch (IOException e) {
                return List.copyOf(names); // reading one says what is wrong
            }
        }
        return List.copyOf(names);
    }

    /** A file's name without its ending; empty for a file of another kind. */
    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : "";
    }

    /** The one of a name, which may be written with its ending. */
    P find(String written, Path home) throws InvalidProfile {
        String name = plain(written);
        Path own = home.resolve(Profiled.FOLDER).resolve(name + ENDING);
        String text = source(written, home);
        return reader.read(
                name, (Files.exists(own) ? Profiled.FOLDER + "/" : SHIPPED.substring(1)) + name + ENDING, text);
    }

    /** Its text. */
    String source(String written, Path home) throws InvalidProfile {
        String name = plain(written);
        if (!name.matches(NAME)) {
            throw unknown(written, "no name of a profile: small letters, digits and hyphens", home);
        }
        Path own = home.resolve(Profiled.FOLDER).resolve(name + ENDING);
        if (Files.exists(own)) {
            return source(own, Profiled.FOLDER + "/" + name + ENDING);
        }
        if (!shipped().contains(name)) {
            throw unknown(
                    written,
                    "neither a shipped profile for a " + reader.side().word() + " nor a file in profiles/",
                    home);
        }
        try (InputStream in = ProfileFiles.class.getResourceAsStream(SHIPPED + name + ENDING)) {
            if (in == null) {
                throw new IllegalStateException("the shipped profile " + name + " is missing");
            }
            return text(in, name);
        } catch (IOException e) {
            throw new IllegalStateException("the shipped profile " + name + " cannot be read", e);
        }
    }

    private static String plain(String written) {
        return written.endsWith(ENDING) ? written.substring(0, written.length() - ENDING.length()) : written;
    }

    private InvalidProfile unknown(String written, String what, Path home) {
        String shown = written.length() > 60 ? "what is written" : "'" + written + "'";
        return new InvalidProfile(List.of(new Fault(
                "",
                0,
                0,
                "",
                "is " + shown + ", which is " + what + ". " + Suggestion.sentence(written, names(home)))));
    }

    /** One in any file. */
    P read(Path file) throws InvalidProfile {
        String label = file.toString();
        String name = name(file);
        return reader.read(name.isEmpty() ? label : name, label, source(file, label));
    }

    private static String source(Path file, String label) throws InvalidProfile {
        try (InputStream in = Files.newInputStream(file)) {
            return text(in, label);
        } catch (IOException e) {
            throw new InvalidProfile(
                    List.of(new Fault(label, 0, 0, "", "cannot be read. Check that it is there and who may read it.")));
        }
    }

    private static String text(InputStream in, String label) throws IOException, InvalidProfile {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new InvalidProfile(List.of(new Fault(label, 0, 0, "", "is larger than 256 KB.")));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidProfile(List.of(new Fault(label, 0, 0, "", "is not UTF-8 text. Save it as UTF-8.")));
        }
    }

    /** The names of those that are shipped: a jar cannot be listed, so a file beside them does. */
    private Set<String> shipped() {
        try (InputStream in = ProfileFiles.class.getResourceAsStream(SHIPPED + list)) {
            if (in == null) {
                throw new IllegalStateException("the list of shipped profiles is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new IllegalStateException("the list of shipped profiles cannot be read", e);
        }
    }
}
