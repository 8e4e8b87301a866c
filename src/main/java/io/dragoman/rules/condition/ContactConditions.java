// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import java.util.List;

/**
 * Who the customer is.
 *
 * <pre>contact: {tags: {any: [vip]}, attributes: {loyalty: gold}, name: Ana, language: de}</pre>
 */
final class ContactConditions {
    static final SchemaKey KEY =
            new SchemaKey(SchemaKey.WHEN + "contact", Form.MAP, "Who the customer is.", "{tags: vip}");

    static final List<ConditionType> TYPES = List.of(
            ConditionType.of(
                    "contact.tags",
                    Form.SEARCH,
                    "The contact's tags, whole.",
                    "vip",
                    (label, node, context) -> Search.tags(
                            label, node, facts -> facts.situation().contact().tags(), context.problems())),
            ConditionType.of(
                    "contact.attributes.*",
                    Form.TEXTS,
                    "The contact's attribute of that name.",
                    "gold",
                    (label, node, context) -> OneOf.named(label, node, context.problems(), facts -> facts.situation()
                            .contact()
                            .attributes())),
            ConditionType.of(
                    "contact.name",
                    Form.SEARCH,
                    "Words in the contact's name.",
                    "Ana",
                    (label, node, context) -> Search.words(label, node, Facts::name, context.problems())),
            ConditionType.of(
                    "contact.language",
                    Form.TEXTS,
                    "The language stored with the contact.",
                    "de",
                    (label, node, context) ->
                            LanguageTag.read(label, node, context.problems(), facts -> facts.situation()
                                    .contact()
                                    .language())));

    private ContactConditions() {}
}
