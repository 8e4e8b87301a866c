// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.nio.file.Path;
import java.util.List;

/**
 * A connector that learns what it speaks to from a profile: a file that each account names by the setting {@link
 * #SETTING}. Each profile makes a connector of its own, with its own settings.
 */
public interface Profiled {
    /** The setting that names the profile. */
    String SETTING = "profile";

    /** The folder below the home folder with the operator's profiles. */
    String FOLDER = "profiles";

    /** The names of those that are shipped, and of the operator's own below {@code home}, in order, each once. */
    List<String> profiles(Path home);

    /**
     * The connector for one of them; the operator's own goes before a shipped one of the same name.
     *
     * @throws InvalidProfile when there is none, or it is no good
     */
    Connector profile(String name, Path home) throws InvalidProfile;

    /**
     * The text of one of them, as it is written.
     *
     * @throws InvalidProfile when there is none, or it cannot be read
     */
    String source(String name, Path home) throws InvalidProfile;

    /**
     * The connector for a profile in any file.
     *
     * @throws InvalidProfile when it cannot be read, or is no good
     */
    Connector profile(Path file) throws InvalidProfile;

    /** Whether a file is a profile for this side of the gateway; what cannot be read is one for channels. */
    boolean describes(Path file);

    /** The connector for an account whose setting was read by that of a connector made here. */
    Connector of(Account account);
}
