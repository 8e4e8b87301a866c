// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Our Liquid beside npm liquidjs, which follows Shopify's: what that made of {@code liquid/cases.json} is recorded in
 * {@code liquid/liquidjs.json} by {@code liquid/record.mjs}.
 *
 * @param engine what was recorded, with its version
 * @param recorded the day
 */
record LiquidComparison(String engine, String recorded, List<Case> cases) {
    /**
     * One template.
     *
     * @param theirs what liquidjs made of it
     * @param why what the difference is, as written in the cases; empty for none
     */
    record Case(String language, String template, String ours, String theirs, String why) {}

    static LiquidComparison read() throws IOException {
        JsonNode cases = tree("cases.json");
        JsonNode recorded = tree("liquidjs.json");
        Map<String, Object> values = Json.mapper().convertValue(cases.path("values"), new TypeReference<>() {});
        List<Case> all = new ArrayList<>();
        for (int i = 0; i < cases.path("templates").size(); i++) {
            JsonNode given = cases.path("templates").get(i);
            JsonNode theirs = recorded.path("results").get(i);
            String template = given.path("template").asText();
            if (!template.equals(theirs.path("template").asText())) {
                throw new IllegalStateException("liquidjs.json is not of these cases; run record.mjs: " + template);
            }
            String language = given.path("language").asText();
            all.add(new Case(
                    language,
                    template,
                    ours(language, template, values),
                    theirs.path("text").asText(),
                    given.path("why").asText()));
        }
        return new LiquidComparison(
                recorded.path("engine").asText(), recorded.path("recorded").asText(), all);
    }

    private static String ours(String language, String template, Map<String, Object> values) {
        try {
            String text = LiquidTest.render(language, template, values);
            return text.startsWith("!") ? "error" : text;
        } catch (AssertionError e) {
            return "error";
        }
    }

    /** What differs, for docs/rules.md. */
    String table() {
        StringBuilder table = new StringBuilder(
                "| template | here | " + engine + ", recorded " + recorded + " | |\n|---|---|---|---|\n");
        cases.stream().filter(each -> !each.why().isEmpty()).forEach(each -> table.append("| ")
                .append(code(each.template()))
                .append(each.language().equals("en") ? "" : " in `" + each.language() + "`")
                .append(" | ")
                .append(each.ours().equals("error") ? "an error" : code(each.ours()))
                .append(" | ")
                .append(code(each.theirs()))
                .append(" | ")
                .append(each.why())
                .append(" |\n"));
        return table.toString();
    }

    private static String code(String text) {
        String line = text.replace("\n", "⏎").replace("|", "\\|");
        return line.isEmpty() ? "nothing" : "`" + line + "`";
    }

    /** Prints the table. */
    public static void main(String[] arguments) throws IOException {
        System.out.print(read().table());
    }

    private static JsonNode tree(String name) throws IOException {
        try (InputStream in = LiquidComparison.class.getResourceAsStream("liquid/" + name)) {
            return Json.tree(in.readAllBytes());
        }
    }
}
