#include "liantu/prospects/list_changes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/values/firm_name.hpp"
#include "liantu/base/values/money.hpp"
#include "liantu/prospects/policy.hpp"

namespace liantu {
namespace {

constexpr std::size_t kMostEvidence = 5;

// Points are printed in hundredths; less is no change.
constexpr double kPoint = 0.005;

struct Names {
  std::string_view word;
  std::string_view en;
  std::string_view zh;
};

constexpr std::array<Names, 5> kFates = {{{"entered", "entered", "新进"},
                                          {"left", "left", "移出"},
                                          {"rose", "rose", "上升"},
                                          {"fell", "fell", "下降"},
                                          {"same", "the same", "不变"}}};

constexpr std::array<Names, 4> kStatuses = {{{"prospect", "a prospect", "招商对象"},
                                             {"unlocated", "to be located first", "注册地待核"},
                                             {"expansion", "already present", "已在本地"},
                                             {"screened", "screened out", "已筛除"}}};

Text status_words(std::string_view status) {
  for (const Names& one : kStatuses) {
    if (one.word == status) return {std::string(one.en), std::string(one.zh)};
  }
  return {std::string(status), std::string(status)};
}

Text part_words(const std::string& word) {
  for (std::size_t i = 0; i < kPartCount; ++i) {
    const ScorePartKind part{static_cast<std::uint8_t>(i)};
    if (part_word(part) == word) return part_text(part);
  }
  return {word, word};
}

// Finds the rows of a list by credit code, else by name.
class Finder {
 public:
  explicit Finder(const WrittenList& list) : list_(list) {
    for (std::size_t i = 0; i < list.rows.size(); ++i) {
      if (!list.rows[i].code.empty()) codes_.emplace(list.rows[i].code, i);
      names_.emplace(normalize_firm_name(list.rows[i].name).full, i);
    }
  }

  [[nodiscard]] std::optional<std::size_t> find(const WrittenRow& row) const {
    if (const auto same = codes_.find(row.code); !row.code.empty() && same != codes_.end()) {
      return same->second;
    }
    const auto same = names_.find(normalize_firm_name(row.name).full);
    if (same == names_.end()) return std::nullopt;
    const std::string& other = list_.rows[same->second].code;
    // Two firms of one name and two codes are two firms.
    if (!other.empty() && !row.code.empty() && other != row.code) return std::nullopt;
    return same->second;
  }

 private:
  const WrittenList& list_;
  std::map<std::string, std::size_t> codes_;
  std::map<std::string, std::size_t> names_;
};

void join(Text& all, const Text& one, std::string_view en = ", ", std::string_view zh = "、") {
  if (!all.en.empty()) {
    all.en += en;
    all.zh += zh;
  }
  all.en += one.en;
  all.zh += one.zh;
}

class Comparison {
 public:
  Comparison(const WrittenList& before, const WrittenList& after, std::size_t most)
      : before_(before), after_(after), old_(before), new_(after) {
    listed_before_ = listed(before, most);
    listed_after_ = listed(after, most);
    for (const WrittenRow& row : before.rows) {
      for (const WrittenEvidence& one : row.evidence) told_before_.insert(one.what);
    }
    for (const WrittenRow& row : after.rows) {
      for (const WrittenEvidence& one : row.evidence) told_after_.insert(one.what);
    }
  }

  ListChanges run() {
    inputs();
    // How many of the old list's rows are before each rank, and who entered, to say who moved a firm
    // whose own row is as it was.
    for (std::size_t i = 0; i < after_.rows.size(); ++i) {
      if (!listed_after_[i]) continue;
      const auto was = old_.find(after_.rows[i]);
      if (!was || !listed_before_[*was]) came_.push_back(after_.rows[i].rank);
    }
    for (std::size_t i = 0; i < before_.rows.size(); ++i) {
      if (!listed_before_[i]) continue;
      const auto is = new_.find(before_.rows[i]);
      if (!is || !listed_after_[*is]) went_.push_back(before_.rows[i].rank);
    }
    for (std::size_t i = 0; i < after_.rows.size(); ++i) {
      if (listed_after_[i]) on_new(i);
    }
    for (std::size_t i = 0; i < before_.rows.size(); ++i) {
      if (listed_before_[i]) on_old(i);
    }
    return std::move(changes_);
  }

 private:
  static std::vector<bool> listed(const WrittenList& list, std::size_t most) {
    std::vector<bool> on(list.rows.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < list.rows.size(); ++i) {
      if (list.rows[i].status != "prospect") continue;
      on[i] = most == 0 || count < most;
      ++count;
    }
    return on;
  }

  void inputs() {
    for (const auto& [file, digest] : before_.inputs) {
      const auto now = after_.inputs.find(file);
      if (now == after_.inputs.end()) {
        changes_.inputs.push_back({fmt::format("input no longer used: {}", file),
                                   fmt::format("不再使用的输入文件：{}", file)});
      } else if (now->second != digest) {
        changes_.inputs.push_back({fmt::format("input that changed: {}", file),
                                   fmt::format("有变化的输入文件：{}", file)});
      }
    }
    for (const auto& [file, digest] : after_.inputs) {
      if (before_.inputs.contains(file)) continue;
      changes_.inputs.push_back(
          {fmt::format("new input: {}", file), fmt::format("新增的输入文件：{}", file)});
    }
  }

  void on_new(std::size_t i) {
    const WrittenRow& now = after_.rows[i];
    ListChange change;
    change.after = i;
    change.before = old_.find(now);
    if (!change.before || !listed_before_[*change.before]) {
      change.fate = ListFate::Entered;
      ++changes_.entered;
      if (change.before) {
        const WrittenRow& was = before_.rows[*change.before];
        came_from(was, change);
        own(was, now, change);
      } else {
        not_before(now, change);
      }
    } else {
      const WrittenRow& was = before_.rows[*change.before];
      if (now.rank < was.rank) {
        change.fate = ListFate::Rose;
        ++changes_.rose;
      } else if (now.rank > was.rank) {
        change.fate = ListFate::Fell;
        ++changes_.fell;
      } else {
        ++changes_.same;
      }
      own(was, now, change);
      others(was, now, change);
    }
    changes_.changes.push_back(std::move(change));
  }

  void on_old(std::size_t i) {
    const WrittenRow& was = before_.rows[i];
    const auto now = new_.find(was);
    if (now && listed_after_[*now]) return;
    ListChange change;
    change.fate = ListFate::Left;
    change.before = i;
    change.after = now;
    ++changes_.left;
    if (now) {
      const WrittenRow& row = after_.rows[*now];
      if (row.status == "prospect") {
        change.why.push_back({fmt::format("stands further down now: rank {}", row.rank),
                              fmt::format("名次后移，现为第 {} 名", row.rank)});
      } else {
        Text words = status_words(row.status);
        words.en = "is now " + words.en;
        words.zh = "现为" + words.zh;
        if (!row.screened_by.empty()) {
          words.en += ": " + row.screened_by;
          words.zh += "：" + row.screened_by;
        }
        change.why.push_back(std::move(words));
      }
      own(was, row, change);
    } else {
      const std::size_t rows =
          static_cast<std::size_t>(std::count(listed_after_.begin(), listed_after_.end(), true));
      if (after_.prospects && *after_.prospects > rows) {
        change.why.push_back(
            {fmt::format("not among the {} rows of {} that the new list shows", rows,
                         *after_.prospects),
             fmt::format("不在新清单所列的 {} 家之内（共 {} 家）", rows, *after_.prospects)});
      } else {
        change.why.push_back({"the new list does not name it", "新清单中没有这家企业"});
      }
      rows_of(was, told_after_, {"row no longer there", "已不存在的数据行"}, change);
    }
    changes_.changes.push_back(std::move(change));
  }

  void came_from(const WrittenRow& was, ListChange& change) const {
    if (was.status == "prospect") {
      change.why.push_back({fmt::format("stood further down: rank {}", was.rank),
                            fmt::format("原名次靠后，为第 {} 名", was.rank)});
      return;
    }
    const Text words = status_words(was.status);
    change.why.push_back({"was " + words.en, "原为" + words.zh});
  }

  void not_before(const WrittenRow& now, ListChange& change) const {
    const std::size_t rows =
        static_cast<std::size_t>(std::count(listed_before_.begin(), listed_before_.end(), true));
    if (before_.prospects && *before_.prospects > rows) {
      change.why.push_back(
          {fmt::format("was not among the {} rows of {} that the old list shows", rows,
                       *before_.prospects),
           fmt::format("原不在旧清单所列的 {} 家之内（共 {} 家）", rows, *before_.prospects)});
    } else {
      change.why.push_back({"the old list does not name it", "旧清单中没有这家企业"});
    }
    rows_of(now, told_before_, {"new row", "新增的数据行"}, change);
  }

  // Evidence of a row that no row of the other list rests on.
  void rows_of(const WrittenRow& row, const std::set<std::string>& others, const Text& what,
               ListChange& change) const {
    std::size_t count = 0;
    for (const WrittenEvidence& one : row.evidence) {
      if (others.contains(one.what) || others.empty()) continue;
      if (++count <= kMostEvidence) change.why.push_back(evidence_words(what, one));
    }
    if (count > kMostEvidence) more(count - kMostEvidence, change);
  }

  static Text evidence_words(const Text& what, const WrittenEvidence& one) {
    Text text{what.en + ": ", what.zh + "："};
    if (!one.source.empty()) {
      text.en += one.source + " ";
      text.zh += one.source + " ";
    }
    text.en += one.what;
    text.zh += one.what;
    return text;
  }

  static void more(std::size_t count, ListChange& change) {
    change.why.push_back(
        {fmt::format("and {} rows more", count), fmt::format("另有 {} 行", count)});
  }

  // What changed in a firm's own row.
  void own(const WrittenRow& was, const WrittenRow& now, ListChange& change) const {
    parts(was, now, change);
    gaps(was, now, change);
    if (was.purchases != now.purchases) {
      const auto yuan = [](const std::optional<double>& value, Language language) {
        if (!value) return std::string(language == Language::Zh ? "不明" : "not known");
        return format_money({*value}, language);
      };
      change.why.push_back(
          {fmt::format("brings home at most {} → {}", yuan(was.purchases, Language::En),
                       yuan(now.purchases, Language::En)),
           fmt::format("至多带回 {} → {}", yuan(was.purchases, Language::Zh),
                       yuan(now.purchases, Language::Zh))});
    }
    known(was, now, change);
    evidence(was, now, change);
  }

  static void parts(const WrittenRow& was, const WrittenRow& now, ListChange& change) {
    if (was.parts.empty() || now.parts.empty()) return;
    std::vector<std::pair<double, std::string>> moved;
    std::set<std::string> words;
    for (const auto& [word, points] : was.parts) words.insert(word);
    for (const auto& [word, points] : now.parts) words.insert(word);
    const auto points = [](const WrittenRow& row, const std::string& word) {
      const auto found = row.parts.find(word);
      return found == row.parts.end() ? 0.0 : found->second;
    };
    for (const std::string& word : words) {
      const double by = points(now, word) - points(was, word);
      if (std::abs(by) >= kPoint) moved.emplace_back(by, word);
    }
    if (moved.empty()) return;
    std::ranges::stable_sort(moved, std::greater<>(),
                             [](const auto& one) { return std::abs(one.first); });
    Text text;
    for (const auto& [by, word] : moved) {
      const Text part = part_words(word);
      join(text, {fmt::format("{} {:+.2f}", part.en, by), fmt::format("{} {:+.2f}", part.zh, by)});
    }
    const double sum = now.score.value_or(0) - was.score.value_or(0);
    change.why.push_back({fmt::format("score {:+.2f}: {}", sum, text.en),
                          fmt::format("得分 {:+.2f}：{}", sum, text.zh)});
  }

  static std::vector<std::string> missing_from(const std::vector<std::string>& some,
                                               const std::vector<std::string>& others) {
    std::vector<std::string> missing;
    for (const std::string& one : some) {
      if (std::ranges::find(others, one) == others.end()) missing.push_back(one);
    }
    return missing;
  }

  static void gaps(const WrittenRow& was, const WrittenRow& now, ListChange& change) {
    const auto say = [&](const std::vector<std::string>& names, const Text& what) {
      if (names.empty()) return;
      change.why.push_back({fmt::format("{}: {}", what.en, fmt::join(names, ", ")),
                            fmt::format("{}：{}", what.zh, fmt::join(names, "、"))});
    };
    say(missing_from(now.gaps, was.gaps), {"gaps it fills now", "新增可补环节"});
    say(missing_from(was.gaps, now.gaps), {"gaps it no longer fills", "不再可补的环节"});
  }

  static void known(const WrittenRow& was, const WrittenRow& now, ListChange& change) {
    const auto say = [&](const std::vector<std::string>& words, const Text& what) {
      if (words.empty()) return;
      change.why.push_back({fmt::format("{}: {}", what.en, fmt::join(words, ", ")),
                            fmt::format("{}：{}", what.zh, fmt::join(words, "、"))});
    };
    say(missing_from(was.unknown, now.unknown), {"known now", "现已明确"});
    say(missing_from(now.unknown, was.unknown), {"no longer known", "现不明"});
  }

  void evidence(const WrittenRow& was, const WrittenRow& now, ListChange& change) const {
    if (was.evidence.empty() || now.evidence.empty()) return;
    std::map<std::string, const WrittenEvidence*> old;
    for (const WrittenEvidence& one : was.evidence) old.emplace(one.what, &one);
    std::set<std::string> still;
    std::size_t count = 0;
    const auto say = [&](Text words) {
      if (++count <= kMostEvidence) change.why.push_back(std::move(words));
    };
    for (const WrittenEvidence& one : now.evidence) {
      if (!still.insert(one.what).second) continue;
      const auto same = old.find(one.what);
      if (same == old.end()) {
        say(evidence_words({"new row", "新增的数据行"}, one));
      } else if (same->second->said != one.said) {
        Text words = evidence_words({"row that changed", "有变化的数据行"}, one);
        words.en += fmt::format(" ({} → {})", same->second->said, one.said);
        words.zh += fmt::format("（{} → {}）", same->second->said, one.said);
        say(std::move(words));
      }
    }
    for (const WrittenEvidence& one : was.evidence) {
      if (still.insert(one.what).second) {
        say(evidence_words({"row no longer there", "已不存在的数据行"}, one));
      }
    }
    if (count > kMostEvidence) more(count - kMostEvidence, change);
  }

  // Who else moved, where a firm moved and its own row does not say why.
  void others(const WrittenRow& was, const WrittenRow& now, ListChange& change) const {
    if (change.fate == ListFate::Same) return;
    const auto before = [&](const std::vector<std::uint32_t>& ranks, std::uint32_t rank) {
      return std::ranges::count_if(ranks, [&](std::uint32_t one) { return one < rank; });
    };
    const auto came = before(came_, now.rank);
    const auto went = before(went_, was.rank);
    const bool own = was.score != now.score;
    if (own && came == 0 && went == 0) return;
    Text text =
        own ? Text{"of those before it", "排在其前的企业"}
            : Text{"its own score stayed; of those before it", "其自身得分未变；排在其前的企业"};
    if (came == 0 && went == 0) {
      text.en += " some changed their places";
      text.zh += "名次有变化";
    } else {
      text.en += fmt::format(" {} came and {} went", came, went);
      text.zh += fmt::format("新进 {} 家、移出 {} 家", came, went);
    }
    change.why.push_back(std::move(text));
  }

  const WrittenList& before_;
  const WrittenList& after_;
  Finder old_;
  Finder new_;
  std::vector<bool> listed_before_;
  std::vector<bool> listed_after_;
  std::set<std::string> told_before_;
  std::set<std::string> told_after_;
  std::vector<std::uint32_t> came_;
  std::vector<std::uint32_t> went_;
  ListChanges changes_;
};

}  // namespace

std::string_view list_fate_word(ListFate fate) {
  return kFates[static_cast<std::size_t>(fate)].word;
}

Text list_fate_text(ListFate fate) {
  const Names& one = kFates[static_cast<std::size_t>(fate)];
  return {std::string(one.en), std::string(one.zh)};
}

ListChanges compare_lists(const WrittenList& before, const WrittenList& after, std::size_t most) {
  return Comparison(before, after, most).run();
}

}  // namespace liantu
