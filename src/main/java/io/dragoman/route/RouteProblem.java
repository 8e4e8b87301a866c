// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.model.UnicodeText;
import org.apache.camel.util.URISupport;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Why a route or its file is invalid, without secrets: neither the line of YAML nor the password of a URI. */
final class RouteProblem {
    private static final int LONGEST = 300;

    private RouteProblem() {}

    /** The class and text of what is at the bottom of a failure. */
    static String of(Throwable failure) {
        return type(failure) + ": " + text(failure);
    }

    /** The text alone, for who knows no classes of ours; the class where there is none. */
    static String text(Throwable failure) {
        Throwable root = root(failure);
        if (root.getMessage() == null) {
            return type(failure);
        }
        String text = root instanceof MarkedYamlEngineException yaml ? marked(yaml) : String.valueOf(root.getMessage());
        String line = URISupport.sanitizeUri(text.lines().findFirst().orElse(""));
        return line.length() > LONGEST ? UnicodeText.cut(line, LONGEST) + "…" : line;
    }

    static String type(Throwable failure) {
        return root(failure).getClass().getSimpleName();
    }

    private static String marked(MarkedYamlEngineException yaml) {
        return yaml.getProblem()
                + yaml.getProblemMark()
                        .map(mark -> " in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                        .orElse("");
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
