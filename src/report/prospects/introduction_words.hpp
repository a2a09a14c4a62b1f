#pragma once

#include <string>

#include "liantu/base/text/text.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/introduction_plan.hpp"
#include "liantu/prospects/introductions.hpp"

namespace liantu {

/// What joins the ends of a step: `甲 serves 乙 as director`, `甲任乙董事`.
[[nodiscard]] Text step_text(const EnterpriseGraph& graph, const IntroductionStep& step);
/// Where that is told: `since 2020-07-01, 任职.csv!3`; empty when nothing is known of it.
[[nodiscard]] Text step_source(const EnterpriseGraph& graph, const IntroductionStep& step);
/// All steps of a way; with where each is told in brackets if `sources`.
[[nodiscard]] std::string way_words(const EnterpriseGraph& graph, const Introduction& way,
                                    Language language, bool sources);
/// Why nobody calls a firm.
[[nodiscard]] Text unintroduced_text(const EnterpriseGraph& graph, const PlannedIntroduction& one);
/// `no_way`, `no_capacity`.
[[nodiscard]] std::string_view unintroduced_word(Unintroduced why);

}  // namespace liantu
