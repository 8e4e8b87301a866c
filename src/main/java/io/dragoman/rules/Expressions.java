// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import io.dragoman.rules.Condition.Finding;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles {@code if}: CEL, checked against the types of its variables and bounded in every dimension. */
final class Expressions {
    private static final CelOptions BOUNDS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(4_000)
            .maxParseRecursionDepth(64)
            .comprehensionMaxIterations(1_000)
            .maxRegexProgramSize(5_000)
            .build();

    private final Calendars calendars;
    private @Nullable Cel cel;

    Expressions(Calendars calendars) {
        this.calendars = calendars;
    }

    /** A condition, or problems at the places in the file where the expression is wrong. */
    Optional<Condition> compile(Node node, Problems problems) {
        String source = Values.text(node, problems);
        if (source == null) {
            return Optional.empty();
        }
        try {
            Cel environment = environment();
            CelValidationResult result = environment.compile(node.text());
            if (!result.hasError()) {
                result = validator(environment).validate(result.getAst());
            }
            if (!result.hasError()) {
                CelRuntime.Program program = environment.createProgram(result.getAst());
                return Optional.of(condition(source, program));
            }
            result.getErrors().forEach(issue -> report(node, issue, problems));
        } catch (CelValidationException | CelEvaluationException | RuntimeException | StackOverflowError e) {
            problems.add(
                    node, "is not a CEL expression that can be run: " + Say.oneLine(Facts.or(e.getMessage()), 200));
        }
        return Optional.empty();
    }

    private static void report(Node node, CelIssue issue, Problems problems) {
        CelSourceLocation where = issue.getSourceLocation();
        Node.Place place = node.within(where.getLine(), Math.max(0, where.getColumn()));
        problems.add(
                node.file(),
                place.line(),
                place.column(),
                node.path(),
                "is not right at character " + (Math.max(0, where.getColumn()) + 1)
                        + (where.getLine() > 1 ? " of line " + where.getLine() : "")
                        + ": " + Say.oneLine(issue.getMessage(), 300) + ".");
    }

    private static Condition condition(String source, CelRuntime.Program program) {
        return new Condition(Say.label("if", List.of(source)), facts -> {
            try {
                Object value = program.eval(facts.variables());
                return new Finding(
                        Boolean.TRUE.equals(value), "is " + (value instanceof Boolean ? value : "no truth value"));
            } catch (CelEvaluationException e) {
                return new Finding(false, "could not be told: " + Say.oneLine(Facts.or(e.getMessage()), 200));
            }
        });
    }

    private Cel environment() {
        if (cel == null) {
            CelBuilder builder = CelFactory.plannerCelBuilder()
                    .setOptions(BOUNDS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .setTypeProvider(Variables.provider(calendars))
                    .setResultType(SimpleType.BOOL);
            Variables.types(calendars).forEach(builder::addVar);
            cel = builder.build();
        }
        return cel;
    }

    private static CelValidator validator(Cel cel) {
        return CelValidatorFactory.standardCelValidatorBuilder(cel, cel)
                .addAstValidators(
                        RegexLiteralValidator.INSTANCE,
                        TimestampLiteralValidator.INSTANCE,
                        DurationLiteralValidator.INSTANCE)
                .build();
    }
}
