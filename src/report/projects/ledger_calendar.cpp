#include "liantu/report/projects/ledger_calendar.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "liantu/base/files/digest.hpp"
#include "liantu/base/text/display_width.hpp"
#include "liantu/version.hpp"

namespace liantu {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

// A line of at most 75 bytes; what is longer goes on behind a blank in the next one, no character
// halved.
void put_line(std::string& to, std::string_view line) {
  constexpr std::size_t kMost = 75;
  std::size_t room = kMost;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
    to.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = kMost - 1;
  }
  to.append(line).append("\r\n");
}

std::string compact(Date day) {
  return fmt::format("{:04}{:02}{:02}", day.year, day.month, day.day);
}

}  // namespace

std::string ledger_calendar(const LedgerBook& book, const std::vector<DueItem>& items,
                            Language language) {
  const bool zh = language == Language::Zh;
  std::string text;
  const auto put = [&](std::string_view name, std::string_view value) {
    put_line(text, fmt::format("{}:{}", name, value));
  };
  put("BEGIN", "VCALENDAR");
  put("VERSION", "2.0");
  put("PRODID", fmt::format("-//liantu//liantu {}//{}", LIANTU_VERSION, zh ? "ZH" : "EN"));
  put("CALSCALE", "GREGORIAN");
  put("X-WR-CALNAME", escaped(zh ? fmt::format("{}招商台账", book.district)
                                 : fmt::format("Ledger of {}", book.district)));
  for (const DueItem& item : items) {
    const Subject& subject = book.subjects[item.subject];
    const StageChange* now = stage_at(subject);
    std::string what;
    if (item.stage) {
      what = stage_text(*item.stage).in(language);
    } else {
      what = std::string(words_at(subject, FactKey::NextStep));
      if (what.empty()) what = zh ? "下一步" : "next step";
    }
    put("BEGIN", "VEVENT");
    // The same plan has the same name in every file, so that it is replaced and not doubled.
    put("UID", fmt::format("{}@liantu",
                           digest(fmt::format(
                               "{}\n{}\n{}\n{}", book.district, subject_word(subject.kind),
                               subject.key, item.stage ? stage_word(*item.stage) : "next_step"))));
    // When the plan was recorded; a later one of the same name wins.
    Date since = item.day;
    std::size_t entry = 0;
    for (const Fact& fact : subject.facts) {
      if (fact.row != item.row) continue;
      since = fact.day;
      entry = fact.entry;
    }
    if (entry < book.entries.size()) since = book.entries[entry].day();
    put("DTSTAMP", compact(since) + "T000000Z");
    put("SEQUENCE", fmt::format("{}", static_cast<std::int64_t>(item.row)));
    put("DTSTART;VALUE=DATE", compact(item.day));
    put("DTEND;VALUE=DATE", compact(add_days(item.day, 1)));
    put("SUMMARY",
        escaped(fmt::format(fmt::runtime(zh ? "【{}】{}" : "{}: {}"), what, subject.name)));
    std::string about = subject.key == subject.name ? "" : subject.key;
    const auto add = [&](std::string_view label_en, std::string_view label_zh,
                         std::string_view value) {
      if (value.empty()) return;
      if (!about.empty()) about += zh ? "；" : "; ";
      about += fmt::format(fmt::runtime(zh ? "{}：{}" : "{}: {}"), zh ? label_zh : label_en, value);
    };
    if (now != nullptr) add("stage", "当前阶段", stage_text(now->stage).in(language));
    add("team", "招商单位", words_at(subject, FactKey::Team));
    add("person in charge", "责任人", words_at(subject, FactKey::Person));
    if (item.days_left < 0) add("overdue, days", "已逾期天数", fmt::format("{}", -item.days_left));
    put("DESCRIPTION", escaped(about));
    put("BEGIN", "VALARM");
    put("ACTION", "DISPLAY");
    put("DESCRIPTION", escaped(subject.name));
    put("TRIGGER", "-P3D");
    put("END", "VALARM");
    put("END", "VEVENT");
  }
  put("END", "VCALENDAR");
  return text;
}

}  // namespace liantu
