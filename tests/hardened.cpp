#include <cstdio>
#include <cstring>

// Copies a word into a buffer on the stack, which a hardened program guards.
int main(int count, char** words) {
  char copy[64];
  std::strncpy(copy, count > 1 ? words[1] : "", sizeof copy - 1);
  copy[sizeof copy - 1] = '\0';
  return std::puts(copy) < 0 ? 1 : 0;
}
