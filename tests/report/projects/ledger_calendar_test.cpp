#include "liantu/report/projects/ledger_calendar.hpp"

#include <gtest/gtest.h>

#include "report/projects/ledger_reports.hpp"

namespace liantu {
namespace {

TEST(LedgerCalendar, HasAnEventForWhatIsDue) {
  const LedgerBook book = small_book();
  const std::string text = ledger_calendar(book, due_items(book, book.as_of), Language::Zh);
  const auto has = [&](std::string_view words) { return text.find(words) != std::string::npos; };
  EXPECT_TRUE(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")) << text;
  EXPECT_TRUE(
      has("DTSTAMP:20250401T000000Z\r\nSEQUENCE:13\r\nDTSTART;VALUE=DATE:20250331\r\n"
          "DTEND;VALUE=DATE:20250401\r\nSUMMARY:【开工】示例甲项目\r\n"))
      << text;
  EXPECT_TRUE(has("SUMMARY:【商定协议】示例丙厂\r\n")) << text;
  EXPECT_TRUE(has("TRIGGER:-P3D\r\n")) << text;
  EXPECT_EQ(text, ledger_calendar(book, due_items(book, book.as_of), Language::Zh));
  EXPECT_EQ(text.find("000-1"), std::string::npos);
}

TEST(LedgerCalendar, BreaksLongLinesBetweenCharactersAndEscapes) {
  LedgerBook book = small_book();
  book.subjects[1].name = "示例；a,b\\c\n" + std::string(200, 'x') +
                          "很长很长很长很长很长很长很长很长很长很长很长很长很长的项目名称";
  const std::string text = ledger_calendar(book, due_items(book, book.as_of), Language::En);
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = text.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 75U);
    EXPECT_NE(static_cast<unsigned char>(text[at]) & 0xC0, 0x80);
    at = end + 2;
  }
  EXPECT_NE(text.find("a\\,b\\\\c"), std::string::npos);
}

TEST(LedgerCalendar, IsACalendarWithoutEvents) {
  const std::string text = ledger_calendar({}, {}, Language::En);
  EXPECT_EQ(text.find("VEVENT"), std::string::npos);
  EXPECT_EQ(text.rfind("END:VCALENDAR\r\n"), text.size() - 15);
}

}  // namespace
}  // namespace liantu
